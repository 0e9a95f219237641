"""Corpora that a page must bear: one that attacks it, and large ones."""

import random

from factories import (
    LEAD,
    RESPONSIBLE,
    SUPPORT,
    Says,
    document,
    unit,
)

from kg.document import Span
from kg.facts import Assignment, Deadline, DocumentFacts, Notice, Task
from kg.model import Certainty, DeadlineKind, Form, Role

ATTACKS = (
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=2</script>",
    "\"><img src=x onerror='window.hacked=3'>",
    "javascript:window.hacked=4",
    "' onmouseover='window.hacked=5",
    "{{ 7*7 }}{% raw %}",
    "<!--<script>",
    "</title></textarea></style><svg onload=window.hacked=6>",
    "../../etc/passwd",
    '=HYPERLINK("http://evil.example")',
    "\u2028\u2029`${window.hacked=7}`",
)


def hostile():
    """Facts in which every text that a document can choose is an attack."""
    names = [f"局{number}{attack}" for number, attack in enumerate(ATTACKS)]
    names += list(ATTACKS)
    text = "\n".join([*names, "2020年6月底前", "《" + ATTACKS[0] + "》", "组长：" + ATTACKS[1]])
    units = tuple(unit(name, ATTACKS[0], kind=ATTACKS[2], level=ATTACKS[1]) for name in names)
    say = Says(ATTACKS[0], text, units=units, title=ATTACKS[1], name=ATTACKS[2], kind=ATTACKS[3])
    group = unit(ATTACKS[4], kind="group")
    for number, name in enumerate(names):
        label = f"{number}/{ATTACKS[number % len(ATTACKS)]}"
        task = say.task(label, name, heading=ATTACKS[number % len(ATTACKS)], section=ATTACKS[0])
        say.assign(task, names[0], LEAD)
        if number:
            say.assign(task, name, (RESPONSIBLE, SUPPORT)[number % 2])
        say.deadline(task, "2020年6月底前", end="2020-06")
        say.target(task, "2020年6月底前", ATTACKS[0], ">=", "1", ATTACKS[1])
    say.cite("《" + ATTACKS[0] + "》", number=ATTACKS[1], kind=ATTACKS[2])
    say.member(group.name, "组长：" + ATTACKS[1], ATTACKS[1], ATTACKS[2], ATTACKS[3], names[1])
    say.finding(ATTACKS[0], "warning", names[0], names[1], ATTACKS[1], ATTACKS[2])
    return [say.facts()]


def made_up(units, tasks, notices, seed=1):
    """Return a corpus of made-up notices: few units lead much, most support a little."""
    choose = random.Random(seed)
    kinds = ("department", "enterprise", "institution", "branch")
    known = [
        unit(f"某市第{number}局", f"{number}局", kind=kinds[number % len(kinds)], parent=None)
        for number in range(units)
    ]
    heavy = [1 / (1 + number) for number in range(units)]
    result = []
    for number in range(notices):
        share = range(number * tasks // notices, (number + 1) * tasks // notices)
        result.append(_made_up_notice(number, share, known, heavy, choose))
    return result


def _made_up_notice(number, share, known, heavy, choose):
    """Return the facts of one made-up notice, a line for each task."""
    name = f"某政发〔20{10 + number // 100}〕{number}号"
    notice = f"notice/{name}"
    lines, made = [f"关于第{number}项工作的通知"], []
    for place in share:
        team = list(dict.fromkeys(choose.choices(known, heavy, k=choose.randint(2, 7))))
        words = "、".join(item.short_names[0] for item in team)
        month = f"{2020 + place % 3}-{1 + place % 12:02d}"
        line = f"第{place}项任务，做好有关工作，形成长效机制，{month}前完成。由{words}负责。"
        made.append((place, team, month, line))
        lines.append(line)
    text = "\n".join(lines)
    facts = {"tasks": [], "assignments": [], "deadlines": []}
    start = len(lines[0]) + 1
    for place, team, month, line in made:
        task = f"task/{name}/{place}"
        span = Span(start, start + len(line))
        section = f"{place % 40}、做好第{place % 40}类工作"
        facts["tasks"].append(
            Task(task, notice, f"三/{place}", Form.ITEM, None, section, f"任务{place}", line, span)
        )
        at = start + line.index("由") + 1
        for position, item in enumerate(team):
            words = item.short_names[0]
            role = Role.LEAD if position == 0 else (Role.RESPONSIBLE, Role.SUPPORT)[position % 2]
            here = Span(at, at + len(words))
            facts["assignments"].append(
                Assignment(
                    f"assignment/{name}/{place}/{position}",
                    task,
                    item.id,
                    words,
                    role,
                    Certainty.STATED,
                    here,
                    here,
                )
            )
            at += len(words) + 1
        due = Span(start + line.index(month), start + line.index(month) + len(month))
        facts["deadlines"].append(
            Deadline(f"deadline/{task}", notice, task, DeadlineKind.BY, "", month, due)
        )
        start += len(line) + 1
    head = Notice(
        notice, name, lines[0], "通知", "某市人民政府", (), "2020-01-01", (), (), (), None, None,
        Span(0, len(text)), Span(0, len(lines[0])),
    )  # fmt: skip
    return DocumentFacts(
        document=document(text, f"{number}.txt"),
        gazette=None,
        notices=(head,),
        units=tuple(known),
        targets=(),
        references=(),
        memberships=(),
        findings=(),
        **{key: tuple(value) for key, value in facts.items()},
    )


def citing(notices, acts):
    """Notices that each name some acts of their own and one that all name."""
    result = []
    for number in range(notices):
        titles = ["《水法》", *(f"《办法{number}之{place}》" for place in range(acts))]
        text = "\n".join([f"关于第{number}项工作的通知", *titles])
        say = Says(f"甲〔2020〕{number}号", text, name=f"{number}.txt")
        for title in titles:
            say.cite(title)
        result.append(say.facts())
    return result
