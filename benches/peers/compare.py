"""Times Storm (and scipy's sparse LU) on the journeys that benches/solve.rs left in a folder, and prints ratios.

    python benches/peers/compare.py JALON FOLDER

Of Storm: reading and building the model from the text that `jalon export --to prism` writes, building it again from Storm's own
explicit format (`.drn`, which spares it the evaluation of guards), and the four model checks (conversion, cost, time, steps) with
each solver of linear equations that it offers, the model being built. Python's start and imports are not counted, jalon's
start is. All times are the best of several runs: what others do to the machine can only add. Every solver's figures are compared
with jalon's; those further away than 1e-6 are told, for an iteration that stops early is no faster.
"""

import json
import pathlib
import subprocess
import sys
import time

import stormpy
from stormpy.environments import EquationSolverType

# Conversion, cost, time, steps.
MEASURES = ["rate(order)", "cost", "rate(served) * (time to served) + rate(lost) * (time to lost)", "touches(web)"]
FORMULAS = ['P=? [ F "goal_order" ]', *(f'R{{"{r}"}}=? [ F "finished" ]' for r in ("cost", "time", "steps"))]


def best(runs, work):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return min(times), result


def solvers():
    yield "default", stormpy.Environment()
    yield "sound", stormpy.environments.sound()
    for name in ("EIGEN", "GMMXX", "NATIVE", "ELIMINATION", "TOPOLOGICAL"):
        known = stormpy.Environment()
        known.solver().set_linear_equation_solver_type(EquationSolverType.__members__[name])
        yield name.lower(), known


def check(model, properties, environment):
    first = model.initial_states[0]
    found = []
    for p in properties:
        found.append(stormpy.model_checking(model, p, only_initial_states=True, environment=environment).get_value(first))
    return found


def storm(prism, runs, figures):
    def parse():
        program = stormpy.parse_prism_program(str(prism))
        return program, stormpy.parse_properties(";".join(FORMULAS), program)

    def build():
        program, properties = parse()
        return stormpy.build_model[float](program, properties), properties

    building, (model, properties) = best(3, build)
    solving = {}
    for name, environment in solvers():
        try:
            seconds, found = best(runs, lambda: check(model, properties, environment))
        except RuntimeError as trouble:
            print(f"  Storm, {name}: {trouble}")
            continue
        gap = max(abs(a - b) / abs(b) for a, b in zip(found, figures))
        print(f"  Storm, {name:<12} {seconds * 1e3:10.3f} ms   largest gap {gap:.1e}")
        if gap <= 1e-6:
            solving[name] = seconds
    return model, building, solving


def explicit(model, folder, name):
    """Seconds to read the model from Storm's explicit format."""
    path = str(folder / f"{name}.drn")
    stormpy.io.export_to_drn(model, path)
    return best(3, lambda: stormpy.build_model_from_drn[float](path))[0]


def scipy_lu(model, runs):
    """Seconds of one sparse LU of I − P and four solutions: what one would write by hand."""
    import numpy
    from scipy.sparse import csc_matrix, identity
    from scipy.sparse.linalg import splu

    rows, columns, values = [], [], []
    finished = set(model.labeling.get_states("finished")) if hasattr(model, "labeling") else set()
    for row in range(model.nr_states):
        for entry in model.transition_matrix.get_row(row):
            if row not in finished:
                rows.append(row)
                columns.append(entry.column)
                values.append(entry.value)
    n = model.nr_states
    system = (identity(n) - csc_matrix((values, (rows, columns)), shape=(n, n))).tocsc()
    gains = numpy.ones((n, 4))
    return best(runs, lambda: splu(system).solve(gains))[0]


def main():
    binary, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    table = []
    for line in (folder / "jalon.jsonl").read_text().splitlines():
        jalon = json.loads(line)
        name, states = jalon["name"], jalon["states"]
        runs = 5 + 20_000 // states
        print(f"{name}: {states} states, {jalon['branches']} branches")
        print(f"  jalon                {jalon['solving'] * 1e3:10.3f} ms")
        model, building, solving = storm(folder / f"{name}.prism", runs, jalon["figures"])
        fastest = min(solving, key=solving.get)
        try:
            drn = explicit(model, folder, name)
        except (AttributeError, RuntimeError, TypeError) as trouble:
            print(f"  explicit format: {trouble}")
            drn = float("nan")
        try:
            lu = scipy_lu(model, runs)
        except (AttributeError, TypeError) as trouble:
            print(f"  scipy: {trouble}")
            lu = float("nan")
        asked = [word for measure in MEASURES for word in ("--only", measure)]
        whole, answer = best(7, lambda: subprocess.run(
            [binary, "solve", str(folder / f"{name}.journey"), "--format", "json", *asked], capture_output=True, check=True))
        answer = [figure["value"] for figure in json.loads(answer.stdout)["figures"]]
        gap = max(abs(a - b) / b for a, b in zip(answer, jalon["figures"]))
        assert gap < 1e-9, f"the command says {answer}, the bench {jalon['figures']}"
        print(f"  building: PRISM text {building * 1e3:.1f} ms, explicit {drn * 1e3:.1f} ms; scipy's LU {lu * 1e3:.3f} ms")
        print(f"  jalon solve, whole command {whole * 1e3:.1f} ms (reading {jalon['reading'] * 1e3:.1f} ms of it)")
        table.append(
            f"| {states:,} states, {jalon['branches']:,} branches | {jalon['solving'] * 1e3:.3f} ms | "
            f"{solving[fastest] * 1e3:.3f} ms ({fastest}) | **{jalon['solving'] / solving[fastest]:.2f}** | {lu * 1e3:.3f} ms | "
            f"{whole * 1e3:.0f} ms | {(building + solving[fastest]) * 1e3:.0f} ms | "
            f"**{whole / (building + solving[fastest]):.2f}** | {drn * 1e3:.0f} ms |"
        )
    print("\n| journey | jalon, four figures | Storm's fastest | ratio | scipy's sparse LU | jalon, text to answer | "
          "Storm, text to answer | ratio | Storm, reading its explicit format |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    print("\n".join(table))


if __name__ == "__main__":
    main()
