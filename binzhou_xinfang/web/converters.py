"""Path converters that the URL modules share; importing this module registers them."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class NumberConverter(StringConverter):
    """Converter `number`: of a matter or an arrival, made of unit code, year and serial."""

    regex = "[0-9A-Za-z-]{1,40}"


register_converter(NumberConverter, "number")
