"""`jiemin status`: what is here and what to do next."""

import typer

from jiemin.cli.context import current
from jiemin.cli.options import JsonOption
from jiemin.cli.screen import few


def status(ctx: typer.Context, json: JsonOption = False) -> None:
    """现在有什么，下一步做什么。"""
    from jiemin.usecases.show_status import show_status

    context = current(ctx)
    with context.database() as database:
        now = show_status(database, context.today)
    steps = [{"what": what, "command": command} for what, command in now.next_steps]
    if json:
        context.screen.json(
            {
                "day": now.day.isoformat(),
                "households": now.households,
                "by_class": now.by_class,
                "persons": now.persons,
                "cadres": now.cadres,
                "leaders": now.leaders,
                "to_pair": now.to_pair,
                "unpaired": now.unpaired,
                "without_lead": now.without_lead,
                "helper_gone": now.helper_gone,
                "leaders_without": now.leaders_without,
                "quarter": str(now.quarter),
                "due": now.due,
                "made": now.made,
                "latest_award": now.latest_award or None,
                "drafts": now.drafts,
                "missing": now.missing,
                "last_import": {"at": now.last_import.at, "files": "、".join(now.last_import.files)}
                if now.last_import
                else None,
                "next": steps,
            }
        )
        return
    say = context.screen.say
    classes = "，".join(f"{name}{number}" for name, number in now.by_class.items())
    say(f"困难家庭 {now.households}户" + (f"（{classes}）" if classes else "") + f"，登记成员{now.persons}人")
    say(f"干部     {now.cadres}人，其中领导干部{now.leaders}人")
    say(
        f"结对     应结对{now.to_pair}户，未结对{now.unpaired}户；没有结对户的领导干部{now.leaders_without}人"
    )
    rate = f"，走访率{now.rate.label}" if now.due else ""
    say(f"走访     {now.quarter.label}应走访{now.due}户，已走访{now.made}户{rate}")
    drafts = f"，{now.drafts}批还没有批准（jiemin subsidy runs）" if now.drafts else ""
    say(f"补助     {'最近算到' + now.latest_award if now.latest_award else '还没有计算'}{drafts}")
    if now.missing:
        say("缺少     " + "，".join(f"{name}{number}户" for name, number in now.missing.items()))
    if now.last_import:
        say(f"上次导入 {now.last_import.at.replace('T', ' ')} {few(now.last_import.files)}")
    say("下一步：")
    for step in steps:
        say(f"  {step['what']}：{step['command']}")
