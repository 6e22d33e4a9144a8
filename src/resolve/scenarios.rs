//! Scenarios: the same declarations with some pieces in the place of others, read again.

use super::declared::{Declared, named};
use super::effects::repeated;
use super::names::Symbol;
use super::order::{in_a_circle, order};
use super::scope::Scope;
use super::unavailable::{Later, later};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::limits::{MOST_REREAD, MOST_SCENARIOS};
use crate::locale::Words;
use crate::model::{Branch, Model, Scenario, StageId, Target, TouchpointId};
use crate::syntax::tree::{self, Change, Item, ItemKind, Name, Stage, Title, Touchpoint};
use crate::words;
use std::collections::HashMap;

/// Where those go who would have met a touchpoint.
type Detours = HashMap<TouchpointId, (Target, Span)>;

/// The declarations of a scenario, and the touchpoints that it does without.
#[derive(Clone, Debug)]
pub(super) struct Overlay<'a> {
    pub(super) scenario: Scenario,
    pub(super) declared: Declared<'a>,
    detours: Detours,
    /// Whether all of its changes are sound.
    pub(super) sound: bool,
}

/// The finding about more scenarios than are read, for a journey of so many bytes.
pub(super) fn too_many(declared: &Declared<'_>, bytes: usize) -> Option<Diagnostic> {
    let most = MOST_SCENARIOS.min(MOST_REREAD / bytes.max(1));
    let first = declared.scenarios.get(most)?;
    let (name, count) = (&first.title.name, declared.scenarios.len());
    let message = words!(
        "{count} scenarios are too many for a journey of this length",
        "{count} scénarios sont de trop pour un parcours de cette longueur"
    );
    let found = Diagnostic::new(Code::TooLarge, name.span, message)
        .here(words!("one more than the {most} that are read", "un de plus que les {most} qui sont lus"))
        .note(words!("each scenario is a journey of its own", "chaque scénario est un parcours à lui seul"));
    Some(found.help(words!("put some of them into another file", "mettez-en une partie dans un autre fichier")))
}

/// All scenarios, each laid over the one that it starts from.
pub(super) fn overlay<'a>(base: &Declared<'a>, scope: &Scope<'_>) -> Vec<Overlay<'a>> {
    let wanted = words!("a scenario", "un scénario");
    let from = |s: &tree::Scenario| s.from.as_ref().map(|name| scope.find_in(&scope.common.names.scenarios, name, &wanted));
    let parents: Vec<Option<Option<_>>> = base.scenarios.iter().map(|s| from(s)).collect();
    let needs: Vec<Vec<usize>> = parents.iter().map(|p| p.iter().flatten().map(|id| id.index()).collect()).collect();
    let order = order(&needs);
    for circle in &order.circles {
        let names = circle.iter().map(|s| &base.scenarios[*s].title.name);
        scope.say(in_a_circle(&names.map(|name| (name.text.as_str(), name.span)).collect::<Vec<_>>()));
    }
    let mut done: Vec<Option<Overlay<'a>>> = vec![None; base.scenarios.len()];
    for at in order.nodes {
        let scenario = base.scenarios[at];
        let parent = parents[at].flatten().and_then(|id| done[id.index()].as_ref());
        let mut overlay = match parent {
            Some(parent) => parent.clone(),
            None => Overlay {
                scenario: Scenario { name: named(&scenario.title) },
                declared: base.clone(),
                detours: Detours::new(),
                sound: parents[at].is_none(),
            },
        };
        overlay.scenario = Scenario { name: named(&scenario.title) };
        let mut changes = Changes { scope, base, overlay: &mut overlay, seen: HashMap::new() };
        let mut sound = true;
        for change in &scenario.changes {
            sound &= changes.apply(change).is_some();
        }
        overlay.sound &= sound;
        done[at] = Some(overlay);
    }
    done.into_iter().flatten().collect()
}

impl Overlay<'_> {
    /// Sends those who would have met a touchpoint that is left out to where the scenario says.
    pub(super) fn detour(&self, model: &mut Model, scope: &Scope<'_>) {
        let mut ways: HashMap<TouchpointId, Target> = HashMap::new();
        let mut circling: Option<Span> = None;
        for (&from, &(to, span)) in &self.detours {
            let (mut target, mut steps) = (to, 0);
            while let Target::Touchpoint(next) = target
                && let Some((further, _)) = self.detours.get(&next)
            {
                target = *further;
                steps += 1;
                if steps > self.detours.len() {
                    circling = Some(circling.map_or(span, |first| first.min(span)));
                    break;
                }
            }
            ways.insert(from, target);
        }
        if let Some(span) = circling {
            let message = words!(
                "touchpoints that are left out lead to one another",
                "des points de contact retirés mènent les uns aux autres"
            );
            scope.say(
                Diagnostic::new(Code::ConstantLoop, span, message)
                    .help(words!("let one of them lead to what remains", "faites mener l'un d'eux à ce qui reste")),
            );
        }
        if ways.is_empty() {
            return;
        }
        let turn = |branch: &mut Branch| {
            if let Target::Touchpoint(to) = branch.to
                && let Some(way) = ways.get(&to)
            {
                branch.to = *way;
            }
        };
        model.touchpoints.iter_mut().flat_map(|t| &mut t.branches).for_each(turn);
        model.arrivals.iter_mut().flat_map(|a| &mut a.branches).for_each(turn);
    }
}

/// The changes of one scenario.
struct Changes<'s, 'a, 'n> {
    scope: &'s Scope<'n>,
    base: &'s Declared<'a>,
    overlay: &'s mut Overlay<'a>,
    /// What this scenario has changed already.
    seen: HashMap<String, Span>,
}

impl<'a> Changes<'_, 'a, '_> {
    fn apply(&mut self, change: &'a Change) -> Option<()> {
        match change {
            Change::Set(name, value, span) => {
                let id = self.scope.param(name)?;
                self.once(&format!("set {}", name.text), *span)?;
                let param = &mut self.overlay.declared.params[id.index()];
                (param.set, param.given, param.drawn) = (Some(value), None, None);
                Some(())
            }
            Change::Without(name, to, span) => self.without(name, to.as_ref(), *span),
            Change::Replace(item) => self.replace(item),
        }
    }

    fn once(&mut self, what: &str, span: Span) -> Option<()> {
        match self.seen.insert(what.to_owned(), span) {
            Some(first) => self.scope.refuse(repeated(what, first, span)),
            None => Some(()),
        }
    }

    fn without(&mut self, name: &Name, to: Option<&Name>, span: Span) -> Option<()> {
        let left_out = self.scope.touchpoint(name)?;
        self.once(&format!("without {}", name.text), span)?;
        let Some(to) = to else {
            let text = &name.text;
            let message = words!(
                "it is not said where those go who would have met `{text}`",
                "on ne dit pas où vont ceux qui auraient rencontré `{text}`"
            );
            return self.scope.refuse(
                Diagnostic::new(Code::MissingFact, span, message)
                    .help(words!("add an arrow: `without {text} -> …`", "ajoutez une flèche : `without {text} -> …`")),
            );
        };
        let target = self.scope.target(to)?;
        if target == Target::Touchpoint(left_out) {
            let text = &name.text;
            let message = words!("`{text}` leads to itself, and is left out", "`{text}` mène à lui-même, et il est retiré");
            return self.scope.refuse(Diagnostic::new(Code::ConstantLoop, to.span, message));
        }
        self.overlay.detours.insert(left_out, (target, span));
        Some(())
    }

    /// Puts an item in the place of its namesake.
    fn replace(&mut self, item: &'a Item) -> Option<()> {
        let base = self.base;
        match &item.kind {
            ItemKind::Param { title, value, .. } => {
                let at = self.symbol(title, |s| if let Symbol::Param(at) = s { Some(at) } else { None })?;
                let param = &mut self.overlay.declared.params[at.index()];
                (param.title, param.set) = (title, Some(value));
                (param.given, param.drawn) = (None, None);
            }
            ItemKind::Law { title, law } => {
                let at = self.symbol(title, |s| if let Symbol::Law(at) = s { Some(at) } else { None })?;
                self.overlay.declared.laws[at] = (title, law);
            }
            ItemKind::Segment { title, of } => {
                let at = self.symbol(title, |s| if let Symbol::Segment(at) = s { Some(at) } else { None })?;
                self.overlay.declared.segments[at.index()] = (title, of);
            }
            ItemKind::Goal(title) => {
                let at = self.symbol(title, |s| if let Symbol::Goal(at) = s { Some(at) } else { None })?;
                self.overlay.declared.goals[at.index()] = title;
            }
            ItemKind::End { title, outcome } => {
                let at = self.symbol(title, |s| if let Symbol::End(at) = s { Some(at) } else { None })?;
                self.overlay.declared.ends[at.index()] = (title, outcome.map(|(o, _)| o));
            }
            ItemKind::Persona(persona) => {
                let at = self.symbol(&persona.title, |s| if let Symbol::Persona(at) = s { Some(at) } else { None })?;
                self.overlay.declared.personas[at.index()] = persona;
            }
            ItemKind::Channel(channel) => {
                let at = self.symbol(&channel.title, |s| if let Symbol::Channel(at) = s { Some(at) } else { None })?;
                self.overlay.declared.channels[at.index()] = channel;
            }
            ItemKind::Touchpoint(touchpoint) => {
                self.touchpoint(touchpoint, None)?;
            }
            ItemKind::Stage(stage) => self.stage(stage)?,
            ItemKind::Arrive(arrive) => match &arrive.title {
                Some(title) => {
                    let at = self.symbol(title, |s| if let Symbol::Arrival(at) = s { Some(at) } else { None })?;
                    self.overlay.declared.arrivals[at.index()] = arrive;
                }
                None => {
                    self.once("arrive", arrive.head)?;
                    let Some(at) = base.arrivals.iter().position(|a| a.title.is_none()) else {
                        let message =
                            words!("every arrival of the journey has a name", "toutes les arrivées du parcours ont un nom");
                        return self.scope.refuse(no_namesake(arrive.head, message));
                    };
                    self.overlay.declared.arrivals[at] = arrive;
                }
            },
            ItemKind::Automation(_) => return self.scope.refuse(later(Later::Automation, item.span)),
            ItemKind::Resource { .. } => return self.scope.refuse(later(Later::Resource, item.span)),
            ItemKind::Consent(_) => return self.scope.refuse(later(Later::Consent, item.span)),
            ItemKind::Path { .. } => return self.scope.refuse(later(Later::Path, item.span)),
            ItemKind::Note(_) | ItemKind::Bad => {}
            _ => {
                let message = words!("a scenario cannot change this", "un scénario ne peut pas changer ceci");
                return self.scope.refuse(no_namesake(item.span, message).note(words!(
                    "a scenario changes params and what customers meet; measures and promises say `in scenario`",
                    "un scénario change des paramètres et ce que les clients rencontrent ; mesures et promesses disent `in scénario`"
                )));
            }
        }
        Some(())
    }
}

impl<'a> Changes<'_, 'a, '_> {
    /// The namesake of an item, if it is of the same kind.
    fn symbol<T>(&mut self, title: &Title, pick: impl Fn(Symbol) -> Option<T>) -> Option<T> {
        let names = &self.scope.common.names.all;
        let (name, span) = (&title.name.text, title.name.span);
        let found = match names.get(name) {
            Some((symbol, declared)) => pick(symbol).or_else(|| {
                let Words { en, fr } = symbol.kind();
                let message = words!(
                    "`{name}` is {en}: something of another kind cannot take its place",
                    "`{name}` est {fr} : rien d'une autre nature ne peut prendre sa place"
                );
                self.scope.refuse(no_namesake(span, message).label(declared, words!("declared here", "déclaré ici")))
            }),
            None => {
                let near = self.scope.suggest(name, || names.names(|s| pick(s).is_some()).collect());
                let message = words!("nothing is called `{name}` in the journey", "rien ne s'appelle `{name}` dans le parcours");
                let said = no_namesake(span, message);
                self.scope.refuse(match near {
                    Some(near) => said.mend(words!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"), span, near, false),
                    None => said,
                })
            }
        }?;
        self.once(name, span)?;
        Some(found)
    }

    /// Puts a touchpoint in the place of its namesake; `stage`: it stands there, and must have stood there.
    fn touchpoint(&mut self, touchpoint: &'a Touchpoint, stage: Option<StageId>) -> Option<()> {
        let at = self.symbol(&touchpoint.title, |s| if let Symbol::Touchpoint(at) = s { Some(at) } else { None })?;
        let place = &mut self.overlay.declared.touchpoints[at.index()];
        if stage.is_some() && place.1 != stage {
            let name = &touchpoint.title.name.text;
            let message =
                words!("`{name}` stands in another place of the journey", "`{name}` se trouve à un autre endroit du parcours");
            return self.scope.refuse(
                no_namesake(touchpoint.title.name.span, message)
                    .label(place.0.title.name.span, words!("declared here", "déclaré ici")),
            );
        }
        place.0 = touchpoint;
        Some(())
    }

    /// Puts a stage in the place of its namesake; touchpoints that it does not repeat stay as they were.
    fn stage(&mut self, stage: &'a Stage) -> Option<()> {
        let at = self.symbol(&stage.title, |s| if let Symbol::Stage(at) = s { Some(at) } else { None })?;
        self.overlay.declared.stages[at.index()] = stage;
        let mut sound = true;
        for (touchpoint, _) in &stage.touchpoints {
            sound &= self.touchpoint(touchpoint, Some(at)).is_some();
        }
        sound.then_some(())
    }
}

fn no_namesake(span: Span, message: Words) -> Diagnostic {
    Diagnostic::new(Code::NoNamesake, span, message).note(words!(
        "a scenario puts an item in the place of the one of the same kind and name",
        "un scénario met un élément à la place de celui de même nature et de même nom"
    ))
}
