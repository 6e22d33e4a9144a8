//! Draws a journey that is right by construction.
//!
//! Touchpoints are numbered. Whatever the persona and the memory, some branch with a probability above zero leads to a later
//! touchpoint or to an end, so that all customers end; and shares add up: `otherwise`, where it stands, leads forward and keeps
//! something of 100 %, or the figures are parts of one whole.

use super::laws::{amount, mark, money, time};
use super::{Arrival, Branch, Channel, Dice, Fraction, Line, Persona, Share, Spec, Touchpoint};

/// How large a journey is, and how far it may go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    pub(crate) touchpoints: (u64, u64),
    pub(crate) personas: u64,
    /// At most so many memories: flags count two, a counter its values.
    pub(crate) memories: u64,
    /// Whether exits of one in 10¹² may be the only way out of a loop: a simulation would never end.
    pub(crate) endless: bool,
    /// Whether times, amounts, feelings and guards are drawn.
    pub(crate) rich: bool,
}

/// What makes a line.
type MakesLine<M> = fn(&mut M) -> Line;

impl Shape {
    /// For both engines.
    pub(crate) const USUAL: Self = Self { touchpoints: (3, 25), personas: 4, memories: 12, endless: false, rich: true };
}

/// The journey of a seed.
pub(crate) fn make(seed: u64, shape: Shape) -> Spec {
    Maker::new(seed, shape).spec()
}

struct Maker {
    dice: Dice,
    seed: u64,
    shape: Shape,
    personas: Vec<String>,
    channels: Vec<String>,
    goals: Vec<String>,
    ends: Vec<(String, &'static str)>,
    touchpoints: Vec<String>,
    memory: Vec<String>,
    flags: Vec<String>,
    counters: Vec<(String, u64)>,
    /// Conditions on what customers carry that guards are made of.
    atoms: Vec<String>,
}

const MOMENTS: [&str; 6] = ["stimulus", "zmot", "fmot", "smot", "tmot", "lmot"];
const CHANNELS: [&str; 5] = ["digital owned", "digital paid", "physical owned", "digital earned", "physical paid"];
const TINY: Fraction = (1, 1_000_000_000_000);

impl Maker {
    fn new(seed: u64, shape: Shape) -> Self {
        let mut dice = Dice::new(seed);
        let count = dice.number(shape.touchpoints.0, shape.touchpoints.1);
        let names = |word: &str, count: u64| (0..count).map(|i| format!("{word}_{i}")).collect::<Vec<_>>();
        let mut maker = Self {
            personas: names("who", dice.number(1, shape.personas)),
            channels: names("via", dice.number(1, 4)),
            goals: names("aim", dice.number(1, 3)),
            ends: vec![("won".into(), "success"), ("lost".into(), "failure")],
            touchpoints: names("at", count),
            memory: Vec::new(),
            flags: Vec::new(),
            counters: Vec::new(),
            atoms: Vec::new(),
            dice,
            seed,
            shape,
        };
        if maker.dice.percent(50) {
            maker.ends.push(("over".into(), ""));
        }
        maker.carry();
        maker
    }

    /// What customers carry.
    fn carry(&mut self) {
        let mut left = self.shape.memories;
        if left >= 3 && self.dice.percent(40) {
            let high = self.dice.number(2, 3.min(left - 1));
            self.memory.push(format!("counter count_0 0..{high}"));
            self.counters.push(("count_0".into(), high));
            left /= high + 1;
        }
        while left >= 2 && self.dice.percent(65) {
            left /= 2;
            match self.dice.number(0, 2) {
                0 => {
                    let flag = format!("flag_{}", self.flags.len());
                    self.memory.push(format!("flag {flag}"));
                    self.atoms.push(flag.clone());
                    self.flags.push(flag);
                }
                1 => self.atoms.push(format!("visited({})", self.dice.pick(&self.touchpoints))),
                _ => self.atoms.push(format!("reached({})", self.dice.pick(&self.goals))),
            }
        }
    }

    fn guard(&mut self) -> Option<String> {
        let atom = |maker: &mut Self| {
            let counted = !maker.counters.is_empty() && (maker.atoms.is_empty() || maker.dice.percent(40));
            if counted {
                let (name, high) = maker.counters[0].clone();
                let sign = *maker.dice.pick(&["<", "<=", "=", "!=", ">=", ">"]);
                return Some(format!("{name} {sign} {}", maker.dice.number(0, high)));
            }
            (!maker.atoms.is_empty()).then(|| maker.dice.pick(&maker.atoms).clone())
        };
        let first = atom(self)?;
        Some(match self.dice.number(0, 5) {
            0 => format!("not ({first})"),
            1 => format!("{first} and not ({})", atom(self)?),
            2 => format!("{first} or {}", atom(self)?),
            _ => first,
        })
    }

    fn spec(mut self) -> Spec {
        let personas = self.personas.clone().into_iter().map(|name| self.persona(name)).collect();
        let channels = self.channels.clone().into_iter().map(|name| self.channel(name)).collect();
        let arrivals = (0..self.dice.number(1, 3)).map(|i| self.arrival(i)).collect();
        let stages: Vec<(String, Option<&str>)> = (0..self.dice.number(0, 4))
            .map(|i| (format!("stage_{i}"), self.dice.percent(60).then(|| *self.dice.pick(&MOMENTS))))
            .collect();
        let mut touchpoints: Vec<Touchpoint> = (0..self.touchpoints.len()).map(|at| self.touchpoint(at, stages.len())).collect();
        touchpoints.sort_by_key(|t| t.stage);
        let scenarios = if self.dice.percent(25) { self.scenario() } else { Vec::new() };
        let kpis = self.kpis();
        let Self { seed, goals, ends, memory, .. } = self;
        Spec { seed, personas, channels, goals, ends, memory, arrivals, stages, touchpoints, scenarios, kpis, order: 0 }
    }

    fn persona(&mut self, name: String) -> Persona {
        let flags = self.flags.clone();
        let has = flags.into_iter().filter_map(|flag| {
            let share = *self.dice.pick(&[0, 1, 20, 55, 100]);
            self.dice.percent(30).then_some((flag, (share, 100)))
        });
        Persona { name, has: has.collect() }
    }

    fn channel(&mut self, name: String) -> Channel {
        let cost = self.dice.percent(40).then(|| money(&mut self.dice, &self.personas, 3));
        Channel { name, words: self.dice.pick::<&'static str>(&CHANNELS), cost }
    }

    fn arrival(&mut self, i: u64) -> Arrival {
        let mut of: Vec<String> = self.personas.clone();
        self.dice.shuffle(&mut of);
        if i > 0 {
            of.truncate(self.dice.number(1, of.len() as u64) as usize);
        }
        let most = 100 / of.len() as u64;
        let of = of.into_iter().map(|persona| (persona, (self.dice.number(u64::from(i == 0), most), 100))).collect();
        let budget = self.dice.percent(40).then(|| self.dice.number(1, 5000));
        let branches = self.group(None, 0, None);
        Arrival { name: format!("way_{i}"), number: self.dice.number(1, 5000), of, budget, branches }
    }

    fn touchpoint(&mut self, at: usize, stages: usize) -> Touchpoint {
        let with = format!(" with {}", self.dice.pick(&self.channels));
        let mut words = if self.dice.percent(10) { with } else { String::new() };
        words += *self.dice.pick::<&str>(&["", "", " push", " pull"]);
        Touchpoint {
            name: self.touchpoints[at].clone(),
            stage: if stages > 0 && self.dice.percent(80) { Some(self.dice.index(stages)) } else { None },
            channel: self.dice.pick(&self.channels).clone(),
            words,
            lines: self.lines(),
            branches: self.ways(at),
        }
    }

    /// What happens on meeting a touchpoint: a plain line of a kind, one with a guard, or both.
    fn lines(&mut self) -> Vec<Line> {
        let mut lines = Vec::new();
        if self.shape.rich {
            let kinds: [(u64, MakesLine<Self>); 8] = [
                (40, |m| Line::Cost(money(&mut m.dice, &m.personas, 5), None)),
                (30, |m| {
                    let margin = m.dice.number(0, 100);
                    Line::Other(format!("earns {} margin {margin}%", money(&mut m.dice, &m.personas, 90)))
                }),
                (50, |m| {
                    let own = if m.personas.len() > 1 && m.dice.percent(30) {
                        format!(", {} for {}", time(&mut m.dice), m.dice.pick(&m.personas))
                    } else {
                        String::new()
                    };
                    Line::Other(format!("takes {}{own}", time(&mut m.dice)))
                }),
                (50, |m| Line::Other(format!("feel {}", mark(&mut m.dice, -5, 5)))),
                (25, |m| Line::Other(format!("effort {}", mark(&mut m.dice, 1, 7)))),
                (15, |m| Line::Other(format!("survey nps {}", mark(&mut m.dice, 0, 10)))),
                (10, |m| Line::Other(format!("survey csat {}", mark(&mut m.dice, 1, 5)))),
                (10, |m| Line::Other(format!("survey ces {}", mark(&mut m.dice, 1, 7)))),
            ];
            for (chance, line) in kinds {
                if self.dice.percent(chance) {
                    lines.push(line(self));
                }
                if self.dice.percent(chance / 4)
                    && let Some(guard) = self.guard()
                {
                    let line = line(self);
                    lines.push(match line {
                        Line::Cost(money, _) => Line::Cost(money, Some(guard)),
                        Line::Other(text) => Line::Other(format!("{text} when {guard}")),
                    });
                }
            }
        }
        for goal in self.goals.clone() {
            if self.dice.percent(15) {
                let guard = if self.dice.percent(30) { self.guard() } else { None };
                let when = guard.map_or_else(String::new, |g| format!(" when {g}"));
                lines.push(Line::Other(format!("reach {goal}{when}")));
            }
        }
        let updates: Vec<String> = self.updates(30);
        for update in updates {
            let guard = if self.dice.percent(30) { self.guard() } else { None };
            let when = guard.map_or_else(String::new, |g| format!(" when {g}"));
            lines.push(Line::Other(format!("{update}{when}")));
        }
        lines
    }

    /// Changes of memory, one of a cell at most: their order cannot matter.
    fn updates(&mut self, chance: u64) -> Vec<String> {
        let mut updates = Vec::new();
        for flag in self.flags.clone() {
            if self.dice.percent(chance) {
                let word = if self.dice.percent(70) { "set" } else { "clear" };
                updates.push(format!("{word} {flag}"));
            }
        }
        for (counter, _) in self.counters.clone() {
            if self.dice.percent(chance) {
                updates.push(format!("add {counter} {}", self.dice.pick(&["1", "2", "-1"])));
            }
        }
        updates
    }

    /// The branches of a touchpoint, for all that customers may carry.
    fn ways(&mut self, at: usize) -> Vec<Branch> {
        let guard = if self.dice.percent(45) { self.guard() } else { None };
        let Some(guard) = guard else { return self.group(Some(at), 0, None) };
        match self.dice.number(0, 2) {
            // One set of branches where the guard holds, another where not.
            0 => {
                let not = format!("not ({guard})");
                let mut branches = self.group(Some(at), 0, Some(guard));
                branches.extend(self.group(Some(at), 0, Some(not)));
                branches
            }
            // A branch more where it holds, at the cost of what is left.
            1 => {
                let mut branches = self.group(Some(at), 25, None);
                let share = Share::Figure(vec![((self.dice.number(0, 25), 100), None)]);
                let to = self.anywhere(at);
                branches.push(self.branch(to, share, Some(guard)));
                branches
            }
            // Another place for what is left.
            _ => {
                let mut branches = self.group(Some(at), 1, None);
                let to = self.forward(Some(at));
                branches.push(self.branch(to, Share::Otherwise, Some(guard)));
                branches
            }
        }
    }

    /// Branches that add up by themselves; with `kept` percent at least for an `otherwise` if that is not 0.
    fn group(&mut self, at: Option<usize>, kept: u64, guard: Option<String>) -> Vec<Branch> {
        let count = self.dice.number(1, 4);
        if kept == 0 && guard.is_none() && count == 1 {
            let to = self.forward(at);
            return vec![self.branch(to, Share::Lone, None)];
        }
        if kept == 0 && self.dice.percent(35) {
            return self.whole(at, count, guard);
        }
        let mut branches = Vec::new();
        let mut left = 100 - kept.max(1);
        for _ in 0..count {
            let to = self.on(at);
            let one_sided = self.dice.percent(10);
            let share = if one_sided { left } else { self.dice.number(0, left) };
            left -= share;
            let everybody: Fraction = if self.dice.percent(8) { TINY } else { (share, 100) };
            let mut values = vec![(everybody, None)];
            if self.personas.len() > 1 && self.dice.percent(25) {
                let own = *self.dice.pick(&[0, share, share / 2]);
                values.push(((own, 100), Some(self.dice.pick(&self.personas).clone())));
            }
            branches.push(self.branch(to, Share::Figure(values), guard.clone()));
        }
        let to = self.forward(at);
        branches.push(self.branch(to, Share::Otherwise, guard));
        branches
    }

    /// Branches whose counts make one whole, the first leading forward.
    fn whole(&mut self, at: Option<usize>, count: u64, guard: Option<String>) -> Vec<Branch> {
        let mut counts: Vec<u64> = (0..count).map(|_| self.dice.number(0, 40)).collect();
        counts[0] += 1;
        let all: u64 = counts.iter().sum();
        if self.shape.endless && count > 1 && self.dice.percent(20) {
            // Out by one in 10¹² only.
            let (forward, back) = (self.forward(at), self.on(at));
            let rest = (TINY.1 - 1, TINY.1);
            return vec![
                self.branch(forward, Share::Figure(vec![(TINY, None)]), guard.clone()),
                self.branch(back, Share::Figure(vec![(rest, None)]), guard),
            ];
        }
        let mut branches = Vec::new();
        for (i, count) in counts.into_iter().enumerate() {
            let to = if i == 0 { self.forward(at) } else { self.on(at) };
            branches.push(self.branch(to, Share::Figure(vec![((count, all), None)]), guard.clone()));
        }
        branches
    }

    fn branch(&mut self, to: String, share: Share, guard: Option<String>) -> Branch {
        let mut effects = Vec::new();
        if self.dice.percent(12) {
            effects.push(Line::Other(format!("reach {}", self.dice.pick(&self.goals))));
        }
        if self.shape.rich && self.dice.percent(10) {
            effects.push(Line::Cost(money(&mut self.dice, &self.personas, 5), None));
        }
        if self.shape.rich && self.dice.percent(10) {
            let margin = self.dice.number(0, 100);
            effects.push(Line::Other(format!("earns {} margin {margin}%", amount(&mut self.dice, 90))));
        }
        if self.shape.rich && self.dice.percent(15) {
            effects.push(Line::Other(format!("feel {}", mark(&mut self.dice, -5, 5))));
        }
        effects.extend(self.updates(10).into_iter().map(Line::Other));
        let after = (self.shape.rich && self.dice.percent(40)).then(|| time(&mut self.dice));
        Branch { to, share, guard, after, effects }
    }

    /// A later touchpoint or an end.
    fn forward(&mut self, at: Option<usize>) -> String {
        let from = at.map_or(0, |at| at + 1);
        let later = self.touchpoints.len() - from;
        if later > 0 && (at.is_none() || self.dice.percent(70)) {
            // Mostly near, so that the last are met too.
            let step = self.dice.index(later.min(4));
            return self.touchpoints[from + step].clone();
        }
        self.dice.pick(&self.ends).0.clone()
    }

    /// Anywhere from a touchpoint; forward from an arrival.
    fn on(&mut self, at: Option<usize>) -> String {
        match at {
            Some(at) => self.anywhere(at),
            None => self.forward(None),
        }
    }

    fn anywhere(&mut self, at: usize) -> String {
        if self.dice.percent(45) { self.dice.pick(&self.touchpoints).clone() } else { self.forward(Some(at)) }
    }

    fn scenario(&mut self) -> Vec<String> {
        let gone = self.dice.pick(&self.touchpoints).clone();
        vec![format!("scenario without_one {{\n  without {gone} -> lost\n}}\n")]
    }

    fn kpis(&mut self) -> Vec<(String, String)> {
        let place = |m: &mut Self| m.dice.pick(&m.touchpoints).clone();
        let (a, b, c) = (place(self), place(self), place(self));
        let (goal, other) = (self.goals[0].clone(), self.dice.pick(&self.goals).clone());
        let who = self.dice.pick(&self.personas).clone();
        let measures = [
            format!("rate({goal})"),
            "cost".into(),
            "revenue".into(),
            "margin".into(),
            "clv".into(),
            "felt".into(),
            "ces".into(),
            "sd(cost)".into(),
            format!("rate({a} -> {b})"),
            format!("rate({a} -> {b} before {c})"),
            format!("rate({other} before {a})"),
            format!("rate({other} -> {other})"),
            format!("next({a} -> {b})"),
            format!("touches({a})"),
            format!("touches({b} before {other})"),
            format!("count({other})"),
            format!("time to {other}"),
            format!("cost per {goal}"),
            format!("cost at {a}"),
            format!("revenue for {who}"),
            format!("rate({goal}) for {who}"),
            "mean(time to lost)".into(),
            format!("pull({a})"),
            format!("leak({b})"),
            format!("leverage({c})"),
        ];
        // How much those vary that are plain sums: what a simulation may be off by.
        let spread = |i: usize| (format!("sd_of_kpi_{i}"), format!("sd({})", measures[i]));
        let spreads: Vec<(String, String)> = [1, 2, 3, 13, 15, 18].into_iter().map(spread).collect();
        let plain = measures.into_iter().enumerate().map(|(i, m)| (format!("kpi_{i}"), m));
        plain.chain(spreads).collect()
    }
}
