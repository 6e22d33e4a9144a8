//! What measures and promises ask of people who are not there: a persona who never reaches the goal, nobody at a place.

use super::{Chain, From, Row};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::locale::Words;
use crate::model::{Bound, Event, KpiId, Measure, MeasureKind, Modifiers, PersonaId, Place, Program, ScenarioId, TouchpointId};
use crate::words;
use std::collections::HashSet;

/// Findings about kpis, expectations and claims that no figure can answer. `chains`: of the base, then of each scenario.
pub fn check_measures(program: &Program, chains: &[Chain], diagnostics: &mut Vec<Diagnostic>) {
    let worlds: Vec<World> = chains.iter().map(World::of).collect();
    let reader = Reader { program, worlds: &worlds };
    let mut empty: HashSet<KpiId> = HashSet::new();
    for (i, kpi) in program.kpis.iter().enumerate() {
        if let Some(nobody) = reader.nobody(&kpi.measure, &Modifiers::default(), &HashSet::new()) {
            empty.insert(KpiId::new(i));
            let name = &kpi.name.name;
            let message = words!(
                "`{name}` has no value: nobody is there for it",
                "`{name}` n'a pas de valeur : personne n'est là pour elle"
            );
            diagnostics.push(nobody.finding(Code::NobodyMeasured, message));
        }
    }
    let of_expectations = program.expectations.iter().map(|e| (e.origin, sides(&e.measure, &e.bound)));
    for (origin, sides) in of_expectations {
        let promise = words!(
            "this expectation cannot be decided: nobody is there for it",
            "cette attente ne peut pas être tranchée : personne n'est là pour elle"
        );
        let found = sides.iter().find_map(|m| reader.nobody(m, &Modifiers::default(), &empty));
        diagnostics.extend(found.map(|nobody| nobody.finding(Code::Undecidable, promise)));
        if sides.iter().all(|m| is_constant(m)) {
            diagnostics.push(
                Diagnostic::new(
                    Code::PromiseOfConstants,
                    origin,
                    words!(
                        "this expectation is about no figure of the journey",
                        "cette attente ne porte sur aucun chiffre du parcours"
                    ),
                )
                .here(words!(
                    "constants on both sides: no change of the journey can break it or keep it",
                    "des constantes des deux côtés : rien dans le parcours ne peut la tenir ni la rompre"
                ))
                .help(words!("name a kpi or a measure", "nommez un kpi ou une mesure")),
            );
        }
    }
    for claim in &program.claims {
        let message = words!(
            "this claim cannot be checked: nobody is there for it",
            "ce chiffre imprimé ne peut pas être vérifié : personne n'est là pour lui"
        );
        let found = reader.nobody(&claim.measure, &Modifiers::default(), &empty);
        diagnostics.extend(found.map(|nobody| nobody.finding(Code::Undecidable, message)));
    }
}

fn sides<'a>(measure: &'a Measure, bound: &'a Bound) -> Vec<&'a Measure> {
    match bound {
        Bound::Compare(_, limit) => vec![measure, limit],
        Bound::Between(low, high) => vec![measure, low, high],
    }
}

fn is_constant(measure: &Measure) -> bool {
    let parts = measure.kind.parts();
    matches!(measure.kind, MeasureKind::Constant(_)) || (!parts.is_empty() && parts.iter().all(|p| is_constant(p)))
}

/// What can happen to whom in one chain.
struct World {
    arriving: HashSet<PersonaId>,
    happens: HashSet<(PersonaId, Happening)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Happening {
    Meets(TouchpointId),
    Event(Event),
}

impl World {
    fn of(chain: &Chain) -> Self {
        let mut happens = HashSet::new();
        let mut leave = |who: PersonaId, to: u32, leave: u32| {
            happens.extend(chain.leave(leave).reaches.iter().map(|g| (who, Happening::Event(Event::Reach(*g)))));
            if let From::Arrival(id) = chain.flows[chain.leave(leave).flow as usize].from {
                happens.insert((who, Happening::Event(Event::Meet(Place::Arrival(id)))));
            }
            if let Row::End(end) = chain.row(to) {
                happens.insert((who, Happening::Event(Event::Stop(end))));
            }
        };
        chain.entries.iter().for_each(|e| leave(e.persona, e.to, e.leave));
        for (i, state) in chain.states.iter().enumerate() {
            chain.branches_of(i as u32).iter().for_each(|b| leave(state.persona, b.to, b.leave));
        }
        for (i, state) in chain.states.iter().enumerate() {
            happens.insert((state.persona, Happening::Meets(state.touchpoint)));
            let reaches = &chain.visit(i as u32).reaches;
            happens.extend(reaches.iter().map(|g| (state.persona, Happening::Event(Event::Reach(*g)))));
        }
        Self { arriving: chain.entries.iter().map(|e| e.persona).collect(), happens }
    }
}

/// Whom a measure asks for in vain.
struct Nobody {
    /// Where it asks.
    origin: Span,
    /// Why nobody is there.
    why: Words,
}

impl Nobody {
    fn finding(self, code: Code, message: Words) -> Diagnostic {
        Diagnostic::new(code, self.origin, message)
            .here(self.why)
            .help(words!("measure it of those to whom it can happen", "mesurez-la sur ceux à qui cela peut arriver"))
    }
}

struct Reader<'p> {
    program: &'p Program,
    worlds: &'p [World],
}

impl Reader<'_> {
    /// The first leaf of a measure that nobody is there for; `outer` narrows it, `said` are kpis that have been spoken of.
    fn nobody(&self, measure: &Measure, outer: &Modifiers, said: &HashSet<KpiId>) -> Option<Nobody> {
        let Some(own) = measure.kind.modifiers() else {
            return measure.kind.parts().into_iter().find_map(|part| self.nobody(part, outer, said));
        };
        let mut only = own.clone();
        only.who = outer.who.clone().or(only.who);
        only.scenario = outer.scenario.or(only.scenario);
        only.per = outer.per.or(only.per);
        if let MeasureKind::Kpi(id, _) = measure.kind {
            if said.contains(&id) {
                return None;
            }
            // The measure is said to be empty where it is used: its own text may be right elsewhere.
            let inner = self.nobody(&self.program.kpis[id.index()].measure, &only, said)?;
            return Some(Nobody { origin: measure.origin, ..inner });
        }
        let world = self.world(only.scenario)?;
        let who: Vec<PersonaId> = match &only.who {
            Some(who) => who.personas.clone(),
            None => world.arriving.iter().copied().collect(),
        };
        if !who.iter().any(|p| world.arriving.contains(p)) {
            let label = only.who.map(|w| w.label).unwrap_or_default();
            let why = words!("nobody of “{label}” arrives", "personne de « {label} » n'arrive");
            return Some(Nobody { origin: measure.origin, why });
        }
        let base = self.bases(&measure.kind, &only).into_iter().find(|e| !self.can(world, &who, *e, only.scenario))?;
        // What happens to nobody at all in the journey itself is spoken of where it is declared.
        let everybody: Vec<PersonaId> = world.arriving.iter().copied().collect();
        if only.scenario.is_none() && !self.can(world, &everybody, base, None) && self.is_declared_to_happen(base) {
            return None;
        }
        Some(Nobody { origin: measure.origin, why: self.never(base, only.who.map(|w| w.label)) })
    }

    fn world(&self, scenario: Option<ScenarioId>) -> Option<&World> {
        self.worlds.get(scenario.map_or(0, |s| s.index() + 1))
    }

    /// The events that must be able to happen for a measure to have a value.
    fn bases(&self, kind: &MeasureKind, only: &Modifiers) -> Vec<Event> {
        let own = match kind {
            MeasureKind::Rate { from, .. } => *from,
            MeasureKind::Next { from, .. } => Some(Event::Meet(*from)),
            MeasureKind::Touches { before, .. } => *before,
            MeasureKind::TimeTo(event, _) => Some(*event),
            _ => None,
        };
        own.into_iter().chain(only.per).collect()
    }

    fn can(&self, world: &World, who: &[PersonaId], event: Event, scenario: Option<ScenarioId>) -> bool {
        let happens = |what| who.iter().any(|p| world.happens.contains(&(*p, what)));
        match event {
            Event::Meet(place @ Place::Arrival(_)) => happens(Happening::Event(Event::Meet(place))),
            Event::Meet(place) => {
                let model = self.program.model(scenario);
                let here = (0..model.touchpoints.len()).map(TouchpointId::new).filter(|t| model.meets(place, *t));
                here.map(Happening::Meets).any(happens)
            }
            _ => happens(Happening::Event(event)),
        }
    }

    /// Whether another finding speaks of an event that never happens.
    fn is_declared_to_happen(&self, event: Event) -> bool {
        matches!(event, Event::Meet(Place::Touchpoint(_)) | Event::Reach(_) | Event::Stop(_))
    }

    fn never(&self, event: Event, who: Option<String>) -> Words {
        let name = self.name(event);
        match who {
            Some(who) => words!("nobody of “{who}” ever comes to `{name}`", "personne de « {who} » n'arrive jamais à `{name}`"),
            None => words!("nobody ever comes to `{name}`", "personne n'arrive jamais à `{name}`"),
        }
    }

    fn name(&self, event: Event) -> String {
        let model = &self.program.base;
        match event {
            Event::Reach(goal) => model.goals[goal.index()].name.name.clone(),
            Event::Stop(end) => model.ends[end.index()].name.name.clone(),
            Event::Meet(place) => match place {
                Place::Touchpoint(id) => model.touchpoints[id.index()].name.name.clone(),
                Place::Stage(id) => model.stages[id.index()].name.name.clone(),
                Place::Channel(id) => model.channels[id.index()].name.name.clone(),
                Place::Arrival(id) => model.arrivals[id.index()].name.name.clone(),
                Place::Moment(moment) => moment.word().to_owned(),
                Place::Facet(facet, word) => model.facets[facet.index()].words[word].clone(),
                Place::Contact(contact) => match contact {
                    crate::model::Contact::Push => "push".to_owned(),
                    crate::model::Contact::Pull => "pull".to_owned(),
                },
            },
        }
    }
}
