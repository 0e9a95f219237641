"""The gazette as published in each form, made once for all tests."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))

import forms

from kg.facts import DocumentFacts
from kg.pipeline import Pipeline


def missing(what: str) -> None:
    """Skip where a program is missing; in CI, which installs it, that is a failure."""
    message = f"{what}: a form of the gazette is NOT tested"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    return Pipeline()


@pytest.fixture(scope="session")
def plain(pipeline: Pipeline) -> DocumentFacts:
    return pipeline.read(forms.GAZETTE)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the path of the gazette in a form: html, gbk, docx, weasyprint, chromium, office."""
    folder = tmp_path_factory.mktemp("forms")

    @cache
    def of(form: str) -> Path:
        return make(folder, form)

    return of


@pytest.fixture(scope="session")
def facts_of(
    published: Callable[[str], Path], pipeline: Pipeline
) -> Callable[[str], DocumentFacts]:
    """Return what is read from the gazette in a form."""

    @cache
    def of(form: str) -> DocumentFacts:
        return pipeline.read(published(form))

    return of


def make(folder: Path, form: str) -> Path:
    document = forms.gazette()
    page = forms.page(document)
    if form == "html":
        target = folder / "gazette.html"
        target.write_text(forms.page(document, forms.AROUND), encoding="utf-8")
        return target
    if form == "gbk":
        target = folder / "gbk.htm"
        wrong = forms.page(document, forms.AROUND).replace(
            'charset="utf-8"', 'charset="iso-8859-1"'
        )
        target.write_bytes(wrong.encode("gb18030"))
        return target
    if form == "docx":
        return forms.as_word(document, folder / "gazette.docx")
    if form == "weasyprint":
        try:
            return forms.by_weasyprint(page, folder / "weasyprint.pdf")
        except (ImportError, OSError) as error:
            missing(f"no WeasyPrint ({error})")
    if form == "chromium":
        if forms.CHROMIUM is None:
            missing("no Chromium")
        return forms.by_chromium(page, folder / "chromium.pdf")
    assert form == "office"
    if forms.OFFICE is None:
        missing("no LibreOffice")
    source = forms.as_word(document, folder / "office.docx")
    return forms.by_office(source, folder / "office.pdf")
