//! What every pass needs to read a journey: its names, its known figures, and where to say what is wrong.

use super::lookalikes;
use super::names::{Names, Space, Symbol};
use super::quantity::Quantity;
use super::unavailable::{Later, later};
use crate::diagnostics::{Code, Diagnostic, Span, closest, keep};
use crate::limits::MOST_SUGGESTIONS;
use crate::locale::Words;
use crate::model::{Holes, ParamId, PersonaId, SourceId, Target, TouchpointId, Unit, WrittenFigure};
use crate::syntax::tree::Name;
use crate::words;
use num_rational::BigRational;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;

/// What is the same in the base and in every scenario.
pub(super) struct Common<'a> {
    /// All names.
    pub(super) names: &'a Names<'a>,
    /// The one currency.
    pub(super) currency: Option<&'a str>,
    /// Where it is declared.
    pub(super) currency_place: Option<Span>,
    /// Words that stand in lines that could not be read: the names that they may have declared are not called unknown.
    pub(super) spoiled: &'a HashSet<String>,
    /// Places in whose blocks a line could not be read.
    pub(super) unread: &'a Holes,
    /// Whether a file that is included could not be read: any name may be declared in it.
    pub(super) incomplete: bool,
    /// Whether a persona was declared.
    pub(super) own_personas: bool,
    /// How many suggestions have been looked for.
    pub(super) suggestions: Cell<u32>,
}

/// One reading of the journey: the base, or a scenario.
pub(super) struct Scope<'a> {
    pub(super) common: &'a Common<'a>,
    /// Values of the params; `None` where one has been refused.
    pub(super) params: Vec<Option<Quantity>>,
    /// Where each param is given its value.
    pub(super) places: Vec<Span>,
    /// Params whose value has been refused where they are used.
    pub(super) blamed: RefCell<HashSet<ParamId>>,
    /// The laws; `None` where one has been refused.
    pub(super) laws: Vec<Option<Quantity>>,
    /// What `n of param` counts from, by param: as declared in the base, whatever a scenario sets.
    pub(super) counts: Vec<Option<BigRational>>,
    /// Members of each segment.
    pub(super) segments: Vec<Vec<PersonaId>>,
    /// How many personas there are.
    pub(super) personas: usize,
    /// What is refused, and would be missed.
    pub(super) holes: RefCell<Holes>,
    found: RefCell<Vec<Diagnostic>>,
    figures: RefCell<Vec<WrittenFigure>>,
}

impl<'a> Scope<'a> {
    /// A scope in which nothing is known yet.
    pub(super) fn new(common: &'a Common<'a>, personas: usize) -> Self {
        Self {
            common,
            params: Vec::new(),
            places: Vec::new(),
            blamed: RefCell::default(),
            laws: Vec::new(),
            counts: Vec::new(),
            segments: Vec::new(),
            personas,
            holes: RefCell::new(common.unread.clone()),
            found: RefCell::default(),
            figures: RefCell::default(),
        }
    }

    /// Puts a finding down.
    pub(super) fn say(&self, diagnostic: Diagnostic) {
        keep(&mut self.found.borrow_mut(), diagnostic);
    }

    /// Puts a finding down, and there is no result.
    pub(super) fn refuse<T>(&self, diagnostic: Diagnostic) -> Option<T> {
        self.say(diagnostic);
        None
    }

    /// Says that a form is not available yet.
    pub(super) fn put_off(&self, what: Later, span: Span) {
        self.say(later(what, span));
    }

    /// Keeps a figure that stands in a line.
    pub(super) fn keep(&self, figure: WrittenFigure) {
        self.figures.borrow_mut().push(figure);
    }

    /// The figures kept, in the order of the text.
    pub(super) fn figures(&self) -> Vec<WrittenFigure> {
        let mut figures = self.figures.borrow().clone();
        figures.sort_by_key(|figure| (figure.origin.file, figure.origin.start));
        figures
    }

    /// All that was found, in order.
    pub(super) fn into_found(self) -> Vec<Diagnostic> {
        self.found.into_inner()
    }

    /// What a name stands for, if `pick` accepts it; else says what it is, or that it is unknown, and that `wanted` is needed.
    pub(super) fn find<T>(&self, name: &Name, wanted: &Words, pick: impl Fn(Symbol) -> Option<T>) -> Option<T> {
        self.find_or(name, wanted, &[], pick)
    }

    /// The same; `also` are words of the language that would do as well, for suggestions.
    pub(super) fn find_or<T>(
        &self,
        name: &Name,
        wanted: &Words,
        also: &[&'static str],
        pick: impl Fn(Symbol) -> Option<T>,
    ) -> Option<T> {
        match self.common.names.all.get(&name.text) {
            Some((symbol, declared)) => pick(symbol).or_else(|| match symbol {
                Symbol::Later(what) => self.refuse(later(what, name.span)),
                _ => self.refuse(wrong_kind(name, symbol, declared, wanted)),
            }),
            None if self.may_be_declared(&name.text, |s| pick(s).is_some()) => None,
            None => {
                let near = self.suggest(&name.text, || {
                    self.common.names.all.names(|s| pick(s).is_some()).chain(also.iter().copied()).collect()
                });
                self.unknown(name, wanted, near)
            }
        }
    }

    /// A name of a space of its own.
    pub(super) fn find_in<T: Copy>(&self, space: &Space<'a, T>, name: &Name, wanted: &Words) -> Option<T> {
        match space.get(&name.text) {
            Some((what, _)) => Some(what),
            None => {
                let near = self.suggest(&name.text, || space.names(|_| true).collect());
                self.unknown(name, wanted, near)
            }
        }
    }

    /// A word of a closed list, else says that it is not one.
    pub(super) fn word<T>(
        &self,
        name: &Name,
        wanted: &Words,
        all: &[&'static str],
        pick: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        pick(&name.text).or_else(|| {
            let (word, list) = (&name.text, all.join(", "));
            let Words { en, fr } = wanted;
            let said = Diagnostic::new(Code::UnknownWord, name.span, words!("`{word}` is not {en}", "`{word}` n'est pas {fr}"))
                .note(words!("the words are: {list}", "les mots sont : {list}"));
            self.refuse(match closest(word, all.iter().copied()) {
                Some(near) => said.mend(words!("write `{near}`", "écrivez `{near}`"), name.span, near, false),
                None => said,
            })
        })
    }

    /// The nearest of some words, unless too many were looked for already.
    pub(super) fn suggest<'b>(&self, word: &str, among: impl FnOnce() -> Vec<&'b str>) -> Option<&'b str> {
        let so_far = self.common.suggestions.get();
        self.common.suggestions.set(so_far.saturating_add(1));
        if so_far >= MOST_SUGGESTIONS {
            return None;
        }
        let mut among = among();
        among.sort_unstable();
        closest(word, among.iter().copied()).or_else(|| lookalikes::twin(word, among.into_iter()))
    }

    /// Whether an unknown name may come of another mistake: a line or a file that could not be read, a name given twice to things
    /// that `would_do`.
    pub(super) fn may_be_declared(&self, name: &str, would_do: impl Fn(Symbol) -> bool) -> bool {
        let Common { names, incomplete, spoiled, .. } = self.common;
        *incomplete || spoiled.contains(name) || names.nameless.iter().any(|s| would_do(*s))
    }

    fn unknown<T>(&self, name: &Name, wanted: &Words, near: Option<&str>) -> Option<T> {
        if self.may_be_declared(&name.text, |_| false) {
            return None;
        }
        let text = &name.text;
        let Words { en, fr } = wanted;
        let said = Diagnostic::new(Code::UnknownName, name.span, words!("unknown name `{text}`", "nom inconnu : `{text}`"))
            .here(words!("{en} is needed here", "il faut ici {fr}"));
        let alike = near.is_some_and(|near| lookalikes::twin(text, std::iter::once(near)).is_some());
        let said = if alike {
            said.note(words!(
                "a name that looks the same is declared with other letters",
                "un nom d'apparence identique est déclaré avec d'autres lettres"
            ))
        } else if matches!(text.to_lowercase().as_str(), "nan" | "inf" | "infinity") {
            said.note(words!("a figure is a number that ends", "un chiffre est un nombre fini"))
        } else {
            said
        };
        self.refuse(match near {
            Some(near) => said.mend(words!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"), name.span, near, false),
            None => said,
        })
    }

    /// A touchpoint or an end.
    pub(super) fn target(&self, name: &Name) -> Option<Target> {
        let wanted = words!("a touchpoint or an end", "un point de contact ou une fin");
        self.find(name, &wanted, |s| match s {
            Symbol::Touchpoint(id) => Some(Target::Touchpoint(id)),
            Symbol::End(id) => Some(Target::End(id)),
            _ => None,
        })
    }

    /// A touchpoint.
    pub(super) fn touchpoint(&self, name: &Name) -> Option<TouchpointId> {
        self.find(name, &words!("a touchpoint", "un point de contact"), |s| match s {
            Symbol::Touchpoint(id) => Some(id),
            _ => None,
        })
    }

    /// A param.
    pub(super) fn param(&self, name: &Name) -> Option<ParamId> {
        self.find(name, &words!("a param", "un paramètre"), |s| match s {
            Symbol::Param(id) => Some(id),
            _ => None,
        })
    }

    /// A persona.
    pub(super) fn persona(&self, name: &Name) -> Option<PersonaId> {
        if self.is_implicit_persona(&name.text) {
            return Some(PersonaId(0));
        }
        self.expect_known(name, false)?;
        self.find(name, &words!("a persona", "un persona"), |s| match s {
            Symbol::Persona(id) => Some(id),
            _ => None,
        })
    }

    /// Whether a name is that of the persona that a journey without any is given.
    pub(super) fn is_implicit_persona(&self, name: &str) -> bool {
        !self.common.own_personas && name == IMPLICIT_PERSONA && self.common.names.all.get(name).is_none()
    }

    /// A source.
    pub(super) fn source(&self, name: &Name) -> Option<SourceId> {
        self.find_in(&self.common.names.sources, name, &words!("a source", "une source"))
    }

    /// A value in its unit, for a message.
    pub(super) fn written(&self, value: &BigRational, unit: Unit) -> String {
        super::written::quantity(value, unit, self.common.currency)
    }
}

/// The name of the persona of a journey that declares none.
pub(super) const IMPLICIT_PERSONA: &str = "customer";

fn wrong_kind(name: &Name, symbol: Symbol, declared: Span, wanted: &Words) -> Diagnostic {
    let (text, is, Words { en, fr }) = (&name.text, symbol.kind(), wanted);
    let (is_en, is_fr) = (is.en, is.fr);
    Diagnostic::new(
        Code::WrongKind,
        name.span,
        words!("`{text}` is {is_en}, not {en}", "`{text}` est {is_fr} ; il faut ici {fr}"),
    )
    .here(words!("{en} is needed here", "il faut ici {fr}"))
    .label(declared, words!("declared here as {is_en}", "déclaré ici comme {is_fr}"))
}
