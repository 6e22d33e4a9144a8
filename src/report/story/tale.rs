//! One customer's journey as a storyboard.

use super::when::{Start, when};
use crate::chain::{Chain, From};
use crate::diagnostics::JsonDiagnostic;
use crate::locale::{self, Lang};
use crate::model::{Branch, GoalId, Model, PersonaId, Program, Target, Touchpoint, Unit};
use crate::report::JSON_SCHEMA;
use crate::report::terminal::columns::wrap;
use crate::simulate::{Brought, Met, Passed};
use crate::story::Tale;
use crate::words;
use anstyle::Style;
use serde_json::json;

/// Columns of the page.
const WIDTH: usize = 100;
/// Before what happens at a time.
const INDENT: &str = "    ";

/// Who is told of, and why he.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The journey.
    pub program: &'a Program,
    /// What can happen next in it.
    pub chain: &'a Chain,
    /// His story.
    pub tale: &'a Tale,
    /// Where luck starts.
    pub seed: u64,
    /// When he arrives.
    pub start: Option<Start>,
    /// He is the median one of his persona: among those who reach this goal, or among all.
    pub median: Option<Option<GoalId>>,
}

/// The storyboard.
#[must_use]
pub fn write_tale_terminal(told: &Told<'_>, colour: bool) -> String {
    let page = Page { told, model: &told.program.base, lang: told.program.base.locale, colour };
    page.write()
}

struct Page<'a> {
    told: &'a Told<'a>,
    model: &'a Model,
    lang: Lang,
    colour: bool,
}

impl Page<'_> {
    fn paint(&self, style: Style, text: &str) -> String {
        if self.colour { format!("{}{text}{}", style.render(), style.render_reset()) } else { text.to_owned() }
    }

    fn write(&self) -> String {
        let trace = &self.told.tale.trace;
        let persona = &self.model.personas[trace.persona.index()].name.label;
        let (number, seed) = (locale::integer((trace.customer + 1) as f64, self.lang), self.told.seed);
        let title = words!("{persona}, customer {number} (seed {seed})", "{persona}, client n°\u{a0}{number} (graine {seed})");
        let mut out = self.paint(Style::new().bold(), title.get(self.lang)) + "\n";
        if let Some(of) = self.told.median {
            out += &wrap(&self.median(persona, of), WIDTH, "");
        }
        let arrival = &self.model.arrivals[trace.arrival.index()];
        if arrival.named {
            let label = self.quote(&arrival.name.label);
            out += &wrap(words!("Comes in by {label}.", "Arrive par {label}.").get(self.lang), WIDTH, "");
        }
        out += &self.lines(&self.brought(&trace.entry.brought));
        for met in &trace.visits {
            out.push('\n');
            out += &self.visit(met);
        }
        out.push('\n');
        out += &self.end();
        out
    }

    fn median(&self, persona: &str, of: Option<GoalId>) -> String {
        let text = match of {
            Some(goal) => {
                let goal = self.quote(&self.model.goals[goal.index()].name.label);
                words!(
                    "Of the simulated customers like {persona} who reach {goal}, the one whose journey takes the median time.",
                    "Parmi les clients simulés comme {persona} qui atteignent {goal}, celui dont le parcours a la durée médiane."
                )
            }
            None => words!(
                "Of the simulated customers like {persona}, none of whom reaches the main goal, the one whose journey takes the median time.",
                "Parmi les clients simulés comme {persona}, dont aucun n’atteint l’objectif principal, celui dont le parcours a la durée médiane."
            ),
        };
        text.get(self.lang).to_owned()
    }

    fn quote(&self, text: &str) -> String {
        locale::quoted(text, self.lang)
    }

    fn when(&self, seconds: f64) -> String {
        when(self.told.start, seconds, self.lang)
    }

    fn money(&self, amount: f64) -> String {
        locale::in_unit(amount, Unit::Money, self.model.currency.as_deref(), self.lang)
    }

    fn lines(&self, lines: &[String]) -> String {
        lines.iter().map(|line| wrap(line, WIDTH, INDENT)).collect()
    }

    fn visit(&self, met: &Met) -> String {
        let touchpoint = &self.model.touchpoints[met.touchpoint.index()];
        let channel = &self.model.channels[touchpoint.channel.index()].name.label;
        let stage = touchpoint.stage.map(|stage| self.model.stages[stage.index()].name.label.as_str()).filter(|s| !s.is_empty());
        let place = stage.map_or_else(|| channel.clone(), |stage| format!("{channel} · {stage}"));
        let mut out = format!(
            "{}  {}  {}\n",
            self.paint(Style::new().dimmed(), &self.when(met.arrive)),
            self.paint(Style::new().bold(), &touchpoint.name.label),
            self.paint(Style::new().dimmed(), &place),
        );
        let persona = self.told.tale.trace.persona;
        let mut lines: Vec<String> = touchpoint.does.clone();
        lines.extend(touchpoint.thinks.iter().map(|thought| self.quote(thought)));
        lines.extend(self.felt(touchpoint, persona, met));
        lines.extend(self.brought(&met.brought));
        if let Some(depart) = met.depart.filter(|depart| *depart > met.arrive) {
            let time = locale::duration(depart - met.arrive, self.lang);
            lines.push(words!("stays {time}", "y passe {time}").get(self.lang).to_owned());
        }
        out += &self.lines(&lines);
        match &met.onward {
            Some(passed) => {
                out += &self.lines(&self.brought(&passed.brought));
                out += &self.onward(passed);
            }
            None => {
                let text = words!("the horizon of the journey is reached here", "l’horizon du parcours est atteint ici");
                out += &self.lines(&[text.get(self.lang).to_owned()]);
            }
        }
        out
    }

    fn felt(&self, touchpoint: &Touchpoint, persona: PersonaId, met: &Met) -> Option<String> {
        let felt = met.brought.felt?;
        let of = |feel: &crate::model::PerPersona<crate::model::Feeling>| {
            let own = feel.own.iter().find(|(who, _)| *who == persona).map(|(_, own)| own);
            own.unwrap_or(&feel.default).words.clone()
        };
        // Where conditions decide, the words are not known to be his.
        let words = match touchpoint.feels.as_slice() {
            [one] => of(&one.value),
            _ => None,
        };
        let value = locale::signed(felt, 1, self.lang);
        let words = words.map_or_else(String::new, |words| format!(", {}", self.quote(&words)));
        let effort = met.effort.map_or_else(String::new, |effort| {
            let effort = locale::trimmed(effort, 1, self.lang);
            words!(", effort {effort} of 7", ", effort {effort} sur 7").get(self.lang).to_owned()
        });
        Some(words!("feels {value}{words}{effort}", "ressent {value}{words}{effort}").get(self.lang).to_owned())
    }

    fn brought(&self, brought: &Brought) -> Vec<String> {
        let mut lines = Vec::new();
        for goal in &brought.goals {
            let goal = &self.model.goals[goal.index()].name.label;
            lines.push(format!("★ {goal}"));
        }
        if brought.revenue != 0.0 {
            let amount = self.money(brought.revenue);
            lines.push(words!("earns {amount}", "rapporte {amount}").get(self.lang).to_owned());
        }
        if brought.cost != 0.0 {
            let amount = self.money(brought.cost);
            lines.push(words!("costs {amount}", "coûte {amount}").get(self.lang).to_owned());
        }
        lines
    }

    fn onward(&self, passed: &Passed) -> String {
        let flow = self.told.chain.flows[passed.flow as usize];
        let to = self.target(flow.to);
        let branches: &[Branch] = match flow.from {
            From::Arrival(id) => &self.model.arrivals[id.index()].branches,
            From::Touchpoint(id) => &self.model.touchpoints[id.index()].branches,
        };
        let because = branches.iter().filter(|b| b.to == flow.to).find_map(|b| b.because.clone());
        let because = because.map_or_else(String::new, |why| words!(", because {why}", ", car {why}").get(self.lang).to_owned());
        let share = locale::percent(passed.probability, self.lang);
        let sure = passed.probability >= 1.0;
        let share = if sure { String::new() } else { words!(" ({share} do)", " ({share} le font)").get(self.lang).to_owned() };
        wrap(&format!("→ {to}{share}{because}"), WIDTH, INDENT)
    }

    fn target(&self, target: Target) -> &str {
        match target {
            Target::Touchpoint(id) => &self.model.touchpoints[id.index()].name.label,
            Target::End(id) => &self.model.ends[id.index()].name.label,
        }
    }

    /// How it ends, and what it all comes to.
    fn end(&self) -> String {
        let Tale { trace, share } = self.told.tale;
        let mut out = String::new();
        if let Some((end, at)) = trace.end {
            let end = &self.model.ends[end.index()].name.label;
            out +=
                &format!("{}  {}\n\n", self.paint(Style::new().dimmed(), &self.when(at)), self.paint(Style::new().bold(), end));
        }
        let sum = |of: fn(&Brought) -> f64| trace.instants().map(of).sum::<f64>();
        let (visits, time) =
            (locale::integer(trace.visits.len() as f64, self.lang), locale::duration(trace.duration(), self.lang));
        let mut facts = vec![words!("touchpoints met: {visits}", "points de contact\u{a0}: {visits}")];
        facts.push(words!("time: {time}", "durée\u{a0}: {time}"));
        let (cost, revenue, margin) = (sum(|b| b.cost), sum(|b| b.revenue), sum(|b| b.margin));
        if cost != 0.0 || revenue != 0.0 {
            let (cost, revenue, margin) = (self.money(cost), self.money(revenue), self.money(margin));
            facts.push(words!(
                "costs {cost}, earns {revenue}, margin {margin}",
                "coûte {cost}, rapporte {revenue}, marge {margin}"
            ));
        }
        let facts: Vec<&str> = facts.iter().map(|fact| fact.get(self.lang)).collect();
        out += &wrap(&facts.join(" · "), WIDTH, "");
        if let Some(share) = share {
            let share = locale::percent(*share, self.lang);
            let text = words!(
                "{share} of all who arrive walk exactly this path.",
                "{share} des arrivants suivent exactement ce chemin."
            );
            out += &wrap(text.get(self.lang), WIDTH, "");
        }
        out
    }
}

/// The same for programs: times in seconds since arrival.
///
/// # Errors
/// Never in practice.
pub fn write_tale_json(told: &Told<'_>, diagnostics: &[JsonDiagnostic]) -> Result<String, serde_json::Error> {
    let (model, trace) = (&told.program.base, &told.tale.trace);
    let goals = |brought: &Brought| -> Vec<&str> {
        brought.goals.iter().map(|goal| model.goals[goal.index()].name.name.as_str()).collect()
    };
    let brought =
        |b: &Brought| json!({ "goals": goals(b), "cost": b.cost, "revenue": b.revenue, "margin": b.margin, "felt": b.felt });
    let passed = |p: &Passed| {
        let to = match told.chain.flows[p.flow as usize].to {
            Target::Touchpoint(id) => &model.touchpoints[id.index()].name.name,
            Target::End(id) => &model.ends[id.index()].name.name,
        };
        json!({ "to": to, "probability": p.probability, "brought": brought(&p.brought) })
    };
    let visit = |met: &Met| {
        json!({
            "touchpoint": model.touchpoints[met.touchpoint.index()].name.name,
            "arrive": met.arrive,
            "depart": met.depart,
            "brought": brought(&met.brought),
            "effort": met.effort,
            "onward": met.onward.as_ref().map(passed),
        })
    };
    let document = json!({
        "schema": JSON_SCHEMA,
        "version": env!("CARGO_PKG_VERSION"),
        "journey": model.name.name,
        "seed": told.seed,
        "customer": trace.customer + 1,
        "persona": model.personas[trace.persona.index()].name.name,
        "arrival": model.arrivals[trace.arrival.index()].name.name,
        "entry": passed(&trace.entry),
        "visits": trace.visits.iter().map(visit).collect::<Vec<_>>(),
        "end": trace.end.map(|(end, at)| json!({ "name": model.ends[end.index()].name.name, "at": at })),
        "probability": told.tale.share,
        "diagnostics": diagnostics,
    });
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}
