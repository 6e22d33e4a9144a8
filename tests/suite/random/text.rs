//! A [`Spec`] in the words of the language.

use super::{Arrival, Branch, Dice, Fraction, Line, Money, Share, Spec, Touchpoint};
use std::fmt::{self, Display};

impl Spec {
    /// The journey as a text.
    pub(crate) fn text(&self) -> String {
        let mut dice = Dice::new(self.order);
        let mut shuffled = |mut items: Vec<String>| {
            if self.order != 0 {
                dice.shuffle(&mut items);
            }
            items
        };
        let mut items = Vec::new();
        for persona in &self.personas {
            let has: String = persona.has.iter().map(|(flag, share)| format!("  has {flag} {}\n", percent(*share))).collect();
            items.push(format!("persona {}{}\n", persona.name, block(&has)));
        }
        for channel in &self.channels {
            let cost = channel.cost.as_ref().map_or_else(String::new, |cost| format!("  cost {cost}\n"));
            items.push(format!("channel {} {}{}\n", channel.name, channel.words, block(&cost)));
        }
        items.extend(self.goals.iter().map(|goal| format!("goal {goal}\n")));
        items.extend(self.ends.iter().map(|(end, outcome)| format!("end {end} {outcome}\n")));
        if !self.memory.is_empty() {
            let lines = shuffled(self.memory.iter().map(|m| format!("  {m}\n")).collect());
            items.push(format!("memory {{\n{}}}\n", lines.concat()));
        }
        for arrival in &self.arrivals {
            let mut branches = shuffled(arrival.branches.iter().map(|b| format!("  {b}\n")).collect());
            branches.insert(0, of(arrival));
            items.push(format!("arrive {} {} {{\n{}}}\n", arrival.name, arrival.number, branches.concat()));
        }
        let mut touchpoint = |t: &Touchpoint| {
            let mut lines: Vec<String> = t.lines.iter().map(|l| format!("  {l}\n")).collect();
            lines.extend(t.branches.iter().map(|b| format!("  {b}\n")));
            let lines = shuffled(lines).concat();
            (t.stage, format!("touchpoint {} on {}{} {{\n{lines}}}\n", t.name, t.channel, t.words))
        };
        let touchpoints: Vec<(Option<usize>, String)> = self.touchpoints.iter().map(&mut touchpoint).collect();
        let of_stage = |stage| touchpoints.iter().filter(move |(s, _)| *s == stage).map(|(_, text)| text.clone());
        for (i, (name, moment)) in self.stages.iter().enumerate() {
            let inside = shuffled(of_stage(Some(i)).collect());
            let moment = moment.map_or_else(String::new, |m| format!(" moment {m}"));
            items.push(format!("stage {name}{moment} {{\n{}}}\n", inside.concat()));
        }
        items.extend(of_stage(None));
        items.extend(self.scenarios.iter().cloned());
        let items = shuffled(items).concat();
        let kpis = self.kpis.iter().enumerate().map(|(i, (name, measure))| {
            let key = if i == 0 { " key" } else { "" };
            format!("kpi {name}{key} = {measure}\n")
        });
        let kpis: String = kpis.collect();
        format!("journey random_{}\ncurrency EUR\ndiscount 7% per year\n\n{items}\n{kpis}", self.seed)
    }
}

fn block(lines: &str) -> String {
    if lines.is_empty() { String::new() } else { format!(" {{\n{lines}}}") }
}

fn of(arrival: &Arrival) -> String {
    let last = arrival.of.len() - 1;
    let share = |(i, (persona, share)): (usize, &(String, Fraction))| {
        let share = if i == last { "otherwise".to_owned() } else { percent(*share) };
        format!("  of {persona} {share}\n")
    };
    let mut lines: String = arrival.of.iter().enumerate().map(share).collect();
    if let Some(budget) = arrival.budget {
        lines += &format!("  budget {budget} EUR\n");
    }
    lines
}

/// `9%`, exactly, where the fraction is a decimal; else `4 of 7`.
fn percent((above, below): Fraction) -> String {
    let digits = below.ilog10() as usize;
    if 10_u64.pow(digits as u32) != below || digits < 2 {
        return format!("{above} of {below}");
    }
    let text = format!("{above:0>width$}", width = digits - 1);
    let (whole, part) = text.split_at(text.len() - (digits - 2));
    let part = part.trim_end_matches('0');
    if part.is_empty() { format!("{whole}%") } else { format!("{whole}.{part}%") }
}

impl Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (value, who)) in self.values.iter().enumerate() {
            let comma = if i == 0 { "" } else { ", " };
            write!(f, "{comma}{value}")?;
            if self.times != 1 {
                write!(f, " * {}", self.times)?;
            }
            if let Some(who) = who {
                write!(f, " for {who}")?;
            }
        }
        Ok(())
    }
}

impl Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cost(money, None) => write!(f, "cost {money}"),
            Self::Cost(money, Some(guard)) => write!(f, "cost {money} when {guard}"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

impl Display for Branch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "-> {}", self.to)?;
        match &self.share {
            Share::Lone => {}
            Share::Otherwise => f.write_str(" otherwise")?,
            Share::Figure(values) => {
                for (i, (value, who)) in values.iter().enumerate() {
                    let comma = if i == 0 { "" } else { "," };
                    write!(f, "{comma} {}", percent(*value))?;
                    if let Some(who) = who {
                        write!(f, " for {who}")?;
                    }
                }
            }
        }
        if let Some(guard) = &self.guard {
            write!(f, " when {guard}")?;
        }
        if let Some(after) = &self.after {
            write!(f, " after {after}")?;
        }
        self.effects.iter().try_for_each(|effect| write!(f, " {effect}"))
    }
}
