from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.importing import frontmatter, labels, markdown, sources
from content.importing.markdown import Link
from core.errors import Invalid


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: No\n---\nText", "No"),
        ("---\ntitle: 2024-05-01\n---\nText", "2024-05-01"),
        ("---\ntitle: 007\n---\nText", "007"),
        ("---\r\ntitle: x\r\n---\r\nText".replace("\r\n", "\n"), "x"),
        ("---\nTitle: 'Quoted: with colon'\n...\nText", "Quoted: with colon"),
        ('+++\ntitle = "From TOML"\n+++\nText', "From TOML"),
        ("---\n---\nText", ""),
        ("Text\n---\ntitle: no\n---\n", ""),
    ],
)
def test_front_matter_is_read_as_written(text: str, title: str) -> None:
    facts, below = frontmatter.split(text)
    assert facts.text("title") == title
    assert "Text" in below


@pytest.mark.parametrize(
    "facts", ["title: Price: too high", "tags: [a, b", "title: 'open", "\ttitle: tab", "a: *nowhere", "[" * 5000]
)
def test_broken_front_matter_is_reported(facts: str) -> None:
    with pytest.raises(Invalid, match="front matter cannot be read"):
        frontmatter.split(f"---\n{facts}\n---\nText")


def test_text_between_two_rules_is_no_front_matter() -> None:
    text = "---\nJust a sentence\n---\nMore"
    assert frontmatter.split(text) == (frontmatter.Facts({}), text)


def test_tags_come_as_list_or_words() -> None:
    facts, _ = frontmatter.split("---\ntags: [One,  Two]\nkeywords: three, one ,\nempty:\n---\n")
    assert facts.texts("tags", "keywords", "empty", "absent") == ["One", "Two", "three", "one"]


def test_aliases_do_not_explode() -> None:
    facts = "a: &a [x,x]\n" + "\n".join(f"b{n}: &b{n} [*{'a' if n == 0 else f'b{n - 1}'}]" for n in range(40))
    assert frontmatter.split(f"---\n{facts}\ntitle: ok\n---\n")[0].text("title") == "ok"


def test_heading_that_opens_the_page_becomes_its_title() -> None:
    assert markdown.title_and_text("# A *fine* `day`\n\nText") == ("A fine day", "Text")
    assert markdown.title_and_text("Text\n\n# Later") == ("Later", "Text\n\n# Later")
    assert markdown.title_and_text("Day\n===\nText") == ("Day", "Text")
    assert markdown.title_and_text("Text") == ("", "Text")


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("![logo](x.png)\n\n<!-- note -->\n\nSays **it** [here](y).", "Says it here."),
        ("- one\n- two", "one"),
        ("| a | b |\n|---|---|\n| c | d |", "a"),
        ("```\ncode\n```", ""),
        ("word " * 100, ("word " * 47).strip() + "…"),
    ],
)
def test_summary_is_the_first_words_that_say_something(text: str, summary: str) -> None:
    assert markdown.summary_of(text) == summary


def test_template_tags_go_and_code_stays() -> None:
    text = (
        '{{< figure src="a.png" >}}A{% include x.html %} {{ site.name }}\n{:.no_toc}\n'
        '[x]({{< ref "b.md" >}}) [y]({% link c.md %})\n`{{ kept }}`\n```\n{% kept %}\n```\n'
    )
    clean, removed = markdown.without_template_tags(text)
    assert removed == 4
    assert clean == "A \n[x](b.md) [y](c.md)\n`{{ kept }}`\n```\n{% kept %}\n```\n"


def test_every_form_of_link_is_found_and_code_is_not() -> None:
    text = (
        "[a](one.md) ![b](two.png) [![c](three.png)](four.md) [d](<five six.md> 'title') [e](seven_(x).md)\n"
        "[f]: eight.md\n<img src=\"nine.png\"> <a class=x href='ten.md'>\n[^1]: note\n"
        "`[no](code.md)`\n~~~\n[no](code.md)\n~~~\n"
    )
    seen: list[Link] = []

    def rewrite(link: Link) -> str:
        seen.append(link)
        return "NEW"

    changed = markdown.with_links(text, rewrite)
    assert {link.to for link in seen if link.is_image} == {"two.png", "three.png", "nine.png"}
    assert {link.to for link in seen if not link.is_image} == {
        "one.md",
        "four.md",
        "five six.md",
        "seven_(x).md",
        "eight.md",
        "ten.md",
    }
    assert "[a](NEW) ![b](NEW) [![c](NEW)](NEW) [d](NEW 'title')" in changed
    assert changed.count("code.md") == 2 and "[^1]: note" in changed


@given(st.text(alphabet="[]()`!<>:ab\n{%}~ ", max_size=200))
def test_no_text_is_changed_where_nothing_is_to_change(text: str) -> None:
    assert markdown.with_links(text, lambda _: None) == text


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("guides/_02-demand-gen.md", "Demand gen"),
        ("sales/index.md", "Sales"),
        ("index.md", "Index"),
        ("2024 prices.xlsx", "2024 prices"),
        ("---.md", "---"),
    ],
)
def test_title_is_made_of_the_name(path: str, title: str) -> None:
    assert labels.title_of(PurePosixPath(path)) == title


def test_labels_are_kept_once() -> None:
    assert labels.distinct(["Sales", "sales ", "", "Demo"], 9) == ["Sales", "Demo"]


def test_folder_is_searched_without_following_links(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    root = tmp_path / "root"
    for folder in (outside, root / "sub", root / ".git"):
        folder.mkdir(parents=True)
    for path in (outside / "secret.md", root / "sub" / "a.md", root / ".hidden.md", root / ".git" / "b.md"):
        path.write_text("x")
    (root / "link.md").symlink_to(outside / "secret.md")
    (root / "linked").symlink_to(outside)
    (root / "Thumbs.db").write_text("x")
    os.mkfifo(root / "pipe.md")
    (root / os.fsdecode(b"bad\xff.md")).write_text("x")
    found = sources.find(root)
    assert [str(source.relative) for source in found.sources] == ["sub/a.md"]
    assert {refusal.name for refusal in found.refusals} == {"link.md", "linked", "pipe.md", "bad�.md"}
    assert found.skipped == 3


def test_captions_belong_to_the_video_of_their_name(tmp_path: Path) -> None:
    for name in ("clip.mp4", "clip.vtt", "clip.pt-br.vtt", "clip.part two.vtt", "clipper.vtt"):
        (tmp_path / name).write_text("x")
    every = {str(source.relative): source for source in sources.find(tmp_path).sources}
    found = sources.captions_of(every["clip.mp4"], every)
    assert sorted(str(source.relative) for source in found) == ["clip.pt-br.vtt", "clip.vtt"]
