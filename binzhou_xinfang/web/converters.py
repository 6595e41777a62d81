"""Parts of an address that the URL modules share; importing this one makes them known."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class NumberConverter(StringConverter):
    """`number`: of a matter or an arrival, made of unit code, year and serial. Nothing else is looked for."""

    regex = "[0-9A-Za-z-]{1,40}"


register_converter(NumberConverter, "number")
