"""What the lists did not say, so that a clerk knows what the pairing could not weigh."""

from jiemin.domain.pairing.problem import PairingProblem


def lacking(problem: PairingProblem) -> tuple[str, ...]:
    """Chinese sentences, one for each kind of fact missing from the lists; empty when none is."""
    households, cadres = problem.households, problem.cadres
    notes: list[str] = []
    if cadres and not any(cadre.links for cadre in cadres):
        notes.append("干部名单没有联系镇、联系村，远近无从比较，只按需求和职务配对。")
    if households and not any(household.needs for household in households):
        notes.append("困难家庭没有致困原因和帮扶需求，无从比较单位是否对口。")
    if cadres and not any(cadre.field for cadre in cadres):
        notes.append("从单位名称看不出业务领域，无从比较单位是否对口。")
    if cadres and not any(cadre.leader or cadre.rank for cadre in cadres):
        notes.append("干部名单没有领导职务，全部按一般干部配对。")
    no_town = sum(not household.place.town for household in households)
    no_village = sum(bool(h.place.town) and not h.place.village for h in households)
    if no_town:
        notes.append(f"有{no_town}户没有镇(街道)，配对时不看远近。")
    if no_village:
        notes.append(f"有{no_village}户没有村(社区)，只能按镇(街道)比较远近。")
    return tuple(notes)
