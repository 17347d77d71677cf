"""The local cloud: what `make run` starts, watches and fills, so that the portal runs on one machine as on AWS."""
