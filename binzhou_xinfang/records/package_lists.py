"""Lists of what an Office file may hold; what is not on them is not taken."""

# Relationships, by the last word of their type. What runs, or fetches, is not among them.
RELATIONSHIPS = frozenset(
    (
        "officeDocument", "styles", "stylesWithEffects", "settings", "theme", "themeOverride", "fontTable",
        "font", "image", "header", "footer", "numbering", "footnotes", "endnotes", "comments",
        "commentsExtended", "commentsIds", "commentsExtensible", "people", "webSettings", "hyperlink",
        "customXml", "customXmlProps", "customXmlData", "core-properties", "extended-properties",
        "custom-properties", "thumbnail", "glossaryDocument", "keyMapCustomizations", "bibliography",
        "worksheet", "chartsheet", "sharedStrings", "calcChain", "drawing", "vmlDrawing", "legacyDrawing",
        "chart", "chartEx", "chartUserShapes", "chartStyle", "chartColorStyle", "colors", "style", "table",
        "tableSingleCells", "printerSettings", "pivotTable", "pivotCacheDefinition", "pivotCacheRecords",
        "slicer", "slicerCache", "timeline", "timelineCache", "threadedComment", "person", "sheetMetadata",
        "richValue", "rdRichValue", "rdRichValueStructure", "rdRichValueTypes", "rdArray", "diagramData",
        "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing", "ink", "video", "audio",
        "media", "package", "attachedTemplate", "usernames", "digital-signature/origin", "origin", "signature",
        "cellImage", "cellimages", "wpsCustomData", "revisionHeaders", "revisionLog", "dynamicArrays",
        "featurePropertyBag", "exchange", "recipientData", "ctrlProp",
    )
)  # fmt: skip
# Fields of Word, by their first word: none of them reads another file or starts a program.
FIELDS = frozenset(
    (
        "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE",
        "EDITTIME", "HYPERLINK", "TOC", "TOA", "TA", "TC", "XE", "INDEX", "REF", "PAGEREF", "NOTEREF",
        "STYLEREF", "SEQ", "TITLE", "SUBJECT", "AUTHOR", "KEYWORDS", "COMMENTS", "FILENAME", "FILESIZE",
        "LASTSAVEDBY", "NUMCHARS", "NUMWORDS", "REVNUM", "TEMPLATE", "USERNAME", "USERINITIALS", "USERADDRESS",
        "DOCPROPERTY", "DOCVARIABLE", "MERGEFIELD", "MERGEREC", "MERGESEQ", "NEXT", "FORMTEXT", "FORMCHECKBOX",
        "FORMDROPDOWN", "EQ", "SYMBOL", "ADVANCE", "PRIVATE", "BIBLIOGRAPHY", "CITATION", "LISTNUM", "AUTONUM",
        "AUTONUMLGL", "AUTONUMOUT", "BARCODE", "DISPLAYBARCODE", "SHAPE", "ADDIN", "COMPARE", "=",
        "GREETINGLINE", "ADDRESSBLOCK",
    )
)  # fmt: skip
