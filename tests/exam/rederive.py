"""Works out every answer of the variants of an exam from their papers as printed, and compares with index.csv.

    python3 tests/exam/rederive.py FOLDER

Reads nothing but `variant-*/paper.md` (tables, texts) and, to compare, `index.csv`. Knows nothing of jalon: the journey is
what the annexes say, and each question has its formula below. Exits with 1 and says where anything differs.
"""

import csv
import re
import sys
from fractions import Fraction
from pathlib import Path

SPACES = dict.fromkeys(map(ord, "\u00a0\u202f"), " ")


def plain(text):
    """Markdown → text."""
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&#64;", "@").replace("&amp;", "&")
    return re.sub(r"\\(.)", r"\1", text).translate(SPACES).replace("’", "'").strip()


def number(text):
    """`1 000`, `0,05 €`, `75 %`, `4 sur 90`, `1/3` → a fraction; shares as parts of one."""
    text = text.replace("≈ ", "")
    count = re.fullmatch(r"([\d ]+) sur ([\d ]+)", text)
    if count:
        return Fraction(number(count[1]), number(count[2]))
    if re.fullmatch(r"\d+/\d+", text):
        return Fraction(text)
    found = re.match(r"[−-]?[\d ]+(,\d+)?", text)
    value = Fraction(found[0].replace(" ", "").replace(",", ".").replace("−", "-"))
    return value / 100 if text.endswith("%") else value


def tables(lines):
    """The tables of a paper: each a list of rows, its head first."""
    found, last = [], False
    for line in lines:
        if line.startswith("|"):
            cells = [plain(cell) for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1])]
            if not last:
                found.append([])
            if not all(set(cell) <= {"-"} and cell for cell in cells):
                found[-1].append(cells)
        last = line.startswith("|")
    return found


class Journey:
    """The journey as the annexes give it."""

    def __init__(self, lines):
        self.given, self.points, self.ways, self.counts = {}, {}, [], {}
        for head, *rows in tables(lines):
            if head[:2] == ["Donnée", "Valeur"]:
                for label, value in rows:
                    self.given[label] = number(value)
            elif head[0] == "Point de contact":
                for row in rows:
                    self.points[row[0]] = dict(zip(head, row))
            elif head[:3] == ["De", "Vers", "Part"]:
                for row in rows:
                    self.ways.append(dict(zip(head, row)))
        self.arrival = next(way["De"] for way in self.ways if way["De"] not in self.points)

    def out_of(self, place):
        return [(way, number(way["Part"])) for way in self.ways if way["De"] == place]

    def visits(self, start):
        """Visits of each touchpoint by one customer who stands at `start`: v = e + P' v, by elimination."""
        names = list(self.points)
        at = {name: i for i, name in enumerate(names)}
        size = len(names)
        rows = [[Fraction(int(i == j)) for j in range(size)] + [Fraction(0)] for i in range(size)]
        for name in names:
            for way, share in self.out_of(name):
                if way["Vers"] in at:
                    rows[at[way["Vers"]]][at[name]] -= share
        if start in at:
            rows[at[start]][size] += 1
        else:
            for way, share in self.out_of(start):
                rows[at[way["Vers"]]][size] += share
        for i in range(size):
            pivot = next(r for r in range(i, size) if rows[r][i])
            rows[i], rows[pivot] = rows[pivot], rows[i]
            rows[i] = [x / rows[i][i] for x in rows[i]]
            for r in range(size):
                if r != i and rows[r][i]:
                    rows[r] = [x - rows[r][i] * y for x, y in zip(rows[r], rows[i])]
        return {name: rows[i][size] for name, i in at.items()}

    def reached(self, goal, start=None):
        """Times a goal is reached."""
        visits = self.visits(start or self.arrival)
        at_points = sum(v for name, v in visits.items() if self.points[name].get("But atteint") == goal)
        on_ways = sum(
            visits[way["De"]] * number(way["Part"])
            for way in self.ways
            if way["De"] in visits and way.get("En chemin") == goal
        )
        return at_points + on_ways

    def money(self, kind):
        total = Fraction(0)
        for name, visits in self.visits(self.arrival).items():
            point = self.points[name]
            cost = number(point["Coût par visite"]) if point.get("Coût par visite") else 0
            earned = number(point["Recette par visite"]) if point.get("Recette par visite") else 0
            share = number(point["Marge"]) if point.get("Marge") else 0
            total += visits * {"cost": cost, "margin": earned * share - cost}[kind]
        return total

    def leak(self):
        """The touchpoint where most are lost."""
        visits = self.visits(self.arrival)
        lost = {
            name: visits[name] * sum(share for way, share in self.out_of(name) if way["Vers"] == "Perdu") for name in visits
        }
        return max(lost, key=lost.get)


def sponsored(j):
    orders, given = j.reached("Commande"), j.given
    return {
        1: 100 * j.visits(j.arrival)["Fiche produit"],
        2: 100 * orders,
        3: 100 * j.reached("Livraison conforme"),
        4: 100 * (orders - given["Conversion de l'an dernier"]),
        5: 100 * j.reached("Commande", "Avis et comparateurs"),
        6: j.leak(),
        7: j.money("cost") / orders,
        8: j.money("margin") / orders,
    }


def retailer(j):
    orders, given = j.reached("Achat"), j.given
    bought, sold = given["Prix d'achat du sac Nora"], given["Prix de vente hors taxes du sac Nora"]
    return {
        1: 100 * j.visits(j.arrival)["Livraison à domicile"],
        2: 100 * orders,
        3: 100 * (orders - given["Taux d'achat de l'an dernier"]),
        4: 100 * j.reached("Achat", "Entrée en magasin"),
        5: 100 * j.reached("Achat", "Panier en ligne"),
        6: j.money("cost") / orders,
        7: j.money("margin") / orders,
        10: 100 * given["Clients satisfaits ou très satisfaits"],
        11: 100 * (given["Promoteurs (notes 9 et 10)"] - given["Détracteurs (notes 0 à 6)"]),
        12: "en points",
        16: sold - bought,
        17: 100 * (sold - bought) / bought,
        18: 100 * (sold - bought) / sold,
        19: sold * (1 - given["Remise proposée"]) - bought - given["Coût de stockage du sac Nora"],
    }


CASES = {"Post sponsorisé": sponsored, "Maison Alba": retailer}


def asked_decimals(lines):
    """By question: the decimals that are asked for."""
    found = {}
    for line in lines:
        question = re.match(r"\*\*(\d+)\.\*\*", line)
        if question:
            text = plain(line)
            many = re.search(r"arrondir à (\d) décimales", text, re.I)
            decimals = int(many[1]) if many else 1 if re.search("une décimale", text) else 0 if "l'unité" in text else None
            found[int(question[1])] = decimals
    return found


def main(folder):
    wrong, checked = [], 0
    with open(folder / "index.csv", newline="", encoding="utf-8") as sheet:
        index = {int(row["variant"]): row for row in csv.DictReader(sheet)}
    for own in sorted(folder.glob("variant-*")):
        lines = (own / "paper.md").read_text(encoding="utf-8").splitlines()
        title = plain(lines[0].lstrip("# "))
        formula = next(case for name, case in CASES.items() if title.startswith(name))
        decimals = asked_decimals(lines)
        row = index[int(own.name.split("-")[1])]
        answers = {int(re.match(r"q(\d+)", key)[1]): value for key, value in row.items() if re.match(r"q\d", key)}
        for question, value in formula(Journey(lines)).items():
            said = plain(answers[question])
            checked += 1
            if isinstance(value, str):
                if value != said:
                    wrong.append(f"{own.name} question {question}: {value!r}, not {said!r}")
                continue
            is_choice = decimals[question] is None
            given = number(said) * (100 if said.endswith("%") else 1) if is_choice else Fraction(said)
            places = 1 if is_choice else decimals[question]
            if abs(value - given) > Fraction(1, 2 * 10**places):
                wrong.append(f"{own.name} question {question}: {float(value)}, not {said}")
    for line in wrong[:20]:
        print(line)
    print(f"{checked} answers worked out again from the papers, {len(wrong)} differ")
    return 1 if wrong or not checked else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
