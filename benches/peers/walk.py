"""Walks a chain of `jalon export --to json` with Numba and with SimPy, one thread each, and prints ratios.

    python benches/peers/walk.py CHAIN RATES

RATES is what `benches/walk.rs` printed. The Numba walker counts visits of states and who comes to which end: alias tables (two looks a
visit) and, since that is what most people write, a search among running sums; the faster of the two counts. It knows no personas'
reach, no money, no times, and shares no luck. The SimPy model is one process per customer, who stays exponential times and
counts the same. Both are held to the exact mean number of visits before they are timed; compiling is not timed, and all
times are the best of several rounds of processor time.
"""

import json
import random
import re
import sys
import time

import numba
import numpy
import simpy

ROUNDS = 5


def read(path):
    chain = json.load(open(path))
    states = chain["states"]
    rows = [[(b["to"], b["probability"]) for b in state["branches"]] for state in states]
    rows.append([(e["to"], e["probability"]) for e in chain["entries"]])
    takes = [chain["visits"][state["visit"]]["time"]["mean"] for state in states]
    return rows, takes, len(chain["ends"])


def expected_visits(rows):
    n = len(rows) - 1
    moves = numpy.zeros((n, n))
    for state, row in enumerate(rows[:n]):
        for to, p in row:
            if to < n:
                moves[state, to] += p
    start = numpy.zeros(n)
    for to, p in rows[n]:
        if to < n:
            start[to] += p
    return float(numpy.linalg.solve(numpy.identity(n) - moves.T, start).sum())


def flat(rows):
    first = numpy.cumsum([0] + [len(row) for row in rows]).astype(numpy.int64)
    to = numpy.array([to for row in rows for to, _ in row], dtype=numpy.int64)
    sums = numpy.concatenate([numpy.cumsum([p for _, p in row]) for row in rows])
    sums[first[1:] - 1] = 1.0
    return first, to, sums


def alias(rows):
    """A. J. Walker 1977, as M. D. Vose 1991 fills it."""
    threshold, other = [], []
    for row in rows:
        share = [p * len(row) for _, p in row]
        partner = list(range(len(row)))
        poor = [i for i, s in enumerate(share) if s < 1]
        rich = [i for i, s in enumerate(share) if s >= 1]
        while poor and rich:
            taker, giver = poor.pop(), rich[-1]
            partner[taker] = giver
            share[giver] -= 1 - share[taker]
            if share[giver] < 1:
                poor.append(rich.pop())
        threshold += share
        other += [row[i][0] for i in partner]
    return numpy.array(threshold), numpy.array(other, dtype=numpy.int64)


@numba.njit
def walk_by_sums(first, to, sums, visits, ends, customers):
    states = len(visits)
    for _ in range(customers):
        at = states
        while True:
            u = numpy.random.random()
            branch = first[at]
            while u >= sums[branch]:
                branch += 1
            at = to[branch]
            if at >= states:
                ends[at - states] += 1
                break
            visits[at] += 1


@numba.njit
def walk_by_alias(first, to, threshold, other, visits, ends, customers):
    states = len(visits)
    for _ in range(customers):
        at = states
        while True:
            u = numpy.random.random() * (first[at + 1] - first[at])
            place = int(u)
            branch = first[at] + place
            at = to[branch] if u - place < threshold[branch] else other[branch]
            if at >= states:
                ends[at - states] += 1
                break
            visits[at] += 1


def best(work):
    rates = []
    for _ in range(ROUNDS):
        start = time.process_time()
        visits = work()
        rates.append(visits / (time.process_time() - start))
    return max(rates)


def with_numba(rows, ends, expected):
    first, to, sums = flat(rows)
    threshold, other = alias(rows)

    def run(walk, *tables, customers=1_000_000):
        visits, ended = numpy.zeros(len(rows) - 1, numpy.int64), numpy.zeros(ends, numpy.int64)
        walk(*tables, visits, ended, customers)
        mean = visits.sum() / customers
        assert abs(mean / expected - 1) < 0.1 if customers < 10_000 else abs(mean / expected - 1) < 0.01, (mean, expected)
        return int(visits.sum())

    found = {}
    for name, walk, tables in [("running sums", walk_by_sums, (first, to, sums)),
                               ("alias tables", walk_by_alias, (first, to, threshold, other))]:
        run(walk, *tables, customers=5_000)
        found[name] = best(lambda: run(walk, *tables))
        print(f"Numba, {name:<30} {found[name] / 1e6:10.2f} M visits/s")
    return max(found.values())


def with_simpy(rows, takes, ends, expected, customers=20_000):
    states = len(rows) - 1
    targets = [[to for to, _ in row] for row in rows]
    weights = []
    for row in rows:
        sums, total = [], 0.0
        for _, p in row:
            total += p
            sums.append(total)
        weights.append(sums)
    chance, choices = random.Random(1), random.Random(1).choices

    def run():
        environment, visits, ended = simpy.Environment(), [0] * states, [0] * ends

        def customer():
            at = choices(targets[states], cum_weights=weights[states])[0]
            while at < states:
                visits[at] += 1
                if takes[at]:
                    yield environment.timeout(chance.expovariate(1 / takes[at]))
                else:
                    yield environment.timeout(0)
                at = choices(targets[at], cum_weights=weights[at])[0]
            ended[at - states] += 1

        for _ in range(customers):
            environment.process(customer())
        environment.run()
        assert abs(sum(visits) / customers / expected - 1) < 0.05
        return sum(visits)

    rate = best(run)
    print(f"SimPy {'':<31} {rate / 1e6:10.3f} M visits/s")
    return rate


def main():
    rows, takes, ends = read(sys.argv[1])
    expected = expected_visits(rows)
    print(f"{len(rows) - 1} states, {expected:.3f} visits a customer")
    by_numba, by_simpy = with_numba(rows, ends, expected), with_simpy(rows, takes, ends, expected)
    print("\n| what is counted | jalon | to Numba | to SimPy |\n| --- | --- | --- | --- |")
    for line in open(sys.argv[2]):
        case = re.match(r"  (.*?) +(\d+) M visits/s +ratio", line)
        if case:
            rate = float(case[2]) * 1e6
            print(f"| {case[1]} | {rate / 1e6:.0f} M visits/s | {rate / by_numba:.1f} | {rate / by_simpy:,.0f} |")


if __name__ == "__main__":
    main()
