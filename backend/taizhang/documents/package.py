"""Office packages (Office 文件包): the parts of a docx or xlsx, parsed without entities, network or unbounded depth."""

import io
import posixpath
import zipfile
from functools import cached_property

import lxml.etree

from taizhang.documents.unreadable import Unreadable

Element = lxml.etree._Element


def name_of(element: Element) -> str:
    """An element's name without its namespace: strict and transitional Office files differ in that alone."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element | None, name: str) -> str | None:
    """An attribute by its name without namespace."""
    if element is None:
        return None
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def child(element: Element | None, *path: str) -> Element | None:
    """The first element down a path of names; None where it ends."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if name_of(inner) == name), None)
    return element


class Package:
    """A zip of XML parts whose size was checked before (``sniffing.require_package``)."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(self._zip.namelist())

    def part(self, name: str) -> bytes | None:
        """The bytes of a part, None if there is none of that name."""
        return self._zip.read(name) if name in self.names else None

    def xml(self, name: str) -> Element | None:
        """A part's root element.

        Raises:
            Unreadable: ``document-too-complex``, it is nested too deeply; ``document-damaged``, it is no XML.
        """
        data = self.part(name)
        if data is None:
            return None
        parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return lxml.etree.fromstring(data, parser)
        except lxml.etree.XMLSyntaxError as error:
            if "depth" in str(error):
                raise Unreadable("document-too-complex", "文件嵌套层数过多，请只留下分解表另存后再导入") from error
            raise Unreadable("document-damaged", "文件内容无法解析，可能已损坏，请重新保存后再导入") from error

    def related(self, name: str) -> dict[str, str]:
        """The parts a part refers to: the relation's id and the part's name."""
        folder, file = posixpath.split(name)
        root = self.xml(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        found: dict[str, str] = {}
        for relation in root if root is not None else ():
            if attribute(relation, "TargetMode") != "External":
                target = attribute(relation, "Target") or ""
                path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                found[attribute(relation, "Id") or ""] = posixpath.normpath(path)
        return found
