"""The drawing of a certificate: A4 landscape, the same bytes for the same facts."""

from lms.certificate_pdf.drawing import Printed, draw

__all__ = ["Printed", "draw"]
