"""Solves exported journeys with Storm and compares with `jalon solve`.

    python tests/peers/storm.py JALON FOLDER

FOLDER holds journeys. Of each, JALON exports the chain (`export --to prism`) and solves it (`solve --format json`); Storm reads the
former and answers, in fractions where its exact engine can and else by sound floats: the share who reach the main goal, the
share who stop at each end, and the expected cost, revenue, time and steps. Any figure further away than 1e-9 of its value is
told, and the exit code is 1.

Storm's total rewards of negative amounts are not to be trusted (some engines answer 0), so cost and revenue are asked apart; a
journey that costs or earns less than nothing anywhere is asked in the exact engine only.
"""

import json
import pathlib
import subprocess
import sys

import stormpy
import stormpy.environments

TOLERANCE = 1e-9
# Storm's exact engine eliminates states one by one in fractions: beyond this size they grow too long.
MOST_EXACT = 400


def jalon(binary, *arguments):
    done = subprocess.run([binary, *arguments], capture_output=True, text=True, check=False)
    if not done.stdout:
        raise RuntimeError(f"{arguments}: {done.stderr}")
    return done.stdout


def identifiers(prism):
    """Author's names by the identifier that the export gave them: the comment behind each label."""
    found = {}
    for line in prism.splitlines():
        if line.startswith('label "') and " // " in line:
            identifier = line.split('"')[1]
            kind = identifier.split("_")[0]
            found[kind, line.split(" // ")[1].split(' "')[0]] = identifier
    return found


def questions(figures, names):
    """What is asked: a name, Storm's formula, our answer."""
    asked = []
    goal = figures["main_goal"]
    if goal is not None:
        ours = next(g for g in figures["goals"] if g["name"] == goal)
        asked.append((f"rate({goal})", f'P=? [ F "{names["goal", goal]}" ]', ours["share"]["exact"]))
    for end in figures["ends"]:
        asked.append((f"rate({end['name']})", f'P=? [ F "{names["end", end["name"]]}" ]', end["share"]["exact"]))
    standard = {s["name"]: s["exact"] for s in figures["standard"]}
    for name in ("cost", "revenue"):
        if name in standard:
            asked.append((name, f'R{{"{name}"}}=? [ F "finished" ]', standard[name]))
    # All who end, end once: the mean time to an end is the whole time in its share.
    ends = [e for e in figures["ends"] if e["share"]["exact"]]
    if all(e["time_mean"]["exact"] is not None for e in ends):
        time = sum(e["share"]["exact"] * e["time_mean"]["exact"] for e in ends)
        asked.append(("time", 'R{"time"}=? [ F "finished" ]', time))
    steps = sum(h["details"]["visits"]["exact"] for h in figures["hot_points"])
    asked.append(("steps", 'R{"steps"}=? [ F "finished" ]', steps))
    return asked


def environment():
    """Floats that are to be trusted: the equations solved by elimination (a sparse LU), not by iteration."""
    known = stormpy.Environment()
    known.solver().set_linear_equation_solver_type(stormpy.environments.EquationSolverType.EIGEN)
    return known


def storm(path, formulas):
    """Storm's answers and the engine that gave them."""
    program = stormpy.parse_prism_program(path)
    parsed = stormpy.parse_properties(";".join(formulas), program)
    floats = stormpy.build_model[float](program, parsed)
    if floats.nr_states <= MOST_EXACT:
        model, env, engine = stormpy.build_model[stormpy.Rational](program, parsed), stormpy.environments.exact(), "fractions"
    else:
        model, env, engine = floats, environment(), "floats"
    first = model.initial_states[0]
    check = lambda p: stormpy.model_checking(model, p, only_initial_states=True, environment=env)
    return [float(check(p).get_value(first)) for p in parsed], engine


def main():
    binary, folder = sys.argv[1:]
    worst, compared, differing, engines = (0.0, ""), 0, [], {}
    journeys = sorted(pathlib.Path(folder).rglob("*.journey"))
    for journey in journeys:
        prism = journey.with_suffix(".prism")
        prism.write_text(jalon(binary, "export", str(journey), "--to", "prism"))
        figures = json.loads(jalon(binary, "solve", str(journey), "--format", "json"))
        asked = questions(figures, identifiers(prism.read_text()))
        answers, engine = storm(str(prism), [formula for _, formula, _ in asked])
        engines[engine] = engines.get(engine, 0) + 1
        for (name, _, ours), theirs in zip(asked, answers):
            gap = 0.0 if ours == theirs else abs(ours - theirs) / max(abs(ours), abs(theirs))
            compared += 1
            worst = max(worst, (gap, f"{journey.name}: {name}"))
            if not gap <= TOLERANCE:
                differing.append(f"{journey.name}: {name}: jalon {ours!r}, Storm {theirs!r} ({engine}), {gap:.1e} apart")
    print(f"{len(journeys)} journeys, {compared} figures; by engine {engines}; largest relative gap {worst[0]:.1e} ({worst[1]})")
    print("\n".join(differing))
    return 1 if differing or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
