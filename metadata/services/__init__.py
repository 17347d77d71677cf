from metadata.services.options import ensure_option

__all__ = ["ensure_option"]
