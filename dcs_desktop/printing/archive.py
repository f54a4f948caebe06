"""Makes the printed file last: PDF/A-2b (ISO 19005-2), so that an archive can open it in decades."""

from __future__ import annotations

from pathlib import Path

from pikepdf import Array, Dictionary, Name, Pdf

from dcs_desktop.printing.marking import escaped
from dcs_desktop.resources import read_bytes

COLOURS = Path("colour", "sRGB.icc")
PRINTED = 4
# The file's own dates are constant, so that equal input gives equal bytes: an archive is better off with none.
UNTRUE = ("/CreationDate", "/ModDate", "/Trapped")
SAID = ("Title", "Author", "Subject", "Keywords", "Producer", "Creator")
# A description for each schema, its names declared on it: old readers find nothing declared elsewhere.
METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{Title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{Author}</rdf:li></rdf:Seq></dc:creator>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{Subject}</rdf:li></rdf:Alt></dc:description>
   <dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
   <pdf:Keywords>{Keywords}</pdf:Keywords>
   <pdf:Producer>{Producer}</pdf:Producer>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
   <xmp:CreatorTool>{Creator}</xmp:CreatorTool>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def make_lasting(pdf: Pdf) -> None:
    """Add what PDF/A-2b asks of a file whose fonts are all embedded. Raises Refusal: the colour profile is missing."""
    _say_colours(pdf)
    for page in pdf.pages:
        _clean(page.obj)
    _describe(pdf)


def _say_colours(pdf: Pdf) -> None:
    """The output intent (6.2.3): black and grey of the pages are those of sRGB."""
    profile = pdf.make_stream(read_bytes(COLOURS), N=3, Alternate=Name.DeviceRGB)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB IEC61966-2.1",
        Info="sRGB IEC61966-2.1",
        RegistryName="http://www.color.org",
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _clean(page: Dictionary) -> None:
    """Every annotation is one of the printed page (6.3.2); no transition between pages stays."""
    if "/Trans" in page:
        del page.Trans
    for annotation in page.get("/Annots", []):
        annotation.F = PRINTED


def _describe(pdf: Pdf) -> None:
    """Metadata that say what the Info dictionary says, and which standard the file keeps (6.6.2, 6.6.4)."""
    for key in UNTRUE:
        if key in pdf.docinfo:
            del pdf.docinfo[key]
    said = {key: escaped(str(pdf.docinfo.get(f"/{key}", ""))) for key in SAID}
    packet = METADATA.format(lang=pdf.Root.Lang, **said)
    pdf.Root.Metadata = pdf.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)
