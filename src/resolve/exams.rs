//! Exams: names, units and marks of a paper.

use super::declared::{Declared, named};
use super::measures::{Measures, constant};
use super::names::Symbol;
use super::scope::Scope;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::limits::MOST_DECIMALS;
use crate::model::{
    Annex, AnnexKind, Cited, Criterion, Exam, Measure, MeasureKind, PaperItem, Part, Question, QuestionKind, Renamed, Unit,
    Varied, Woven, WovenPiece,
};
use crate::syntax::tree::{self, ExamFact, ExamFactKind, Expr, ExprKind, Marks, Name, Number, Statistic, WovenForm};
use crate::words;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

impl Measures<'_, '_> {
    /// A paper; none if anything in it is refused.
    pub(super) fn exam(&self, tree: &tree::Exam, declared: &Declared<'_>) -> Option<Exam> {
        let mut paper = Paper {
            exam: Exam {
                name: named(&tree.title),
                duration: None,
                varied: Vec::new(),
                renamed: Vec::new(),
                distractors: Vec::new(),
                parts: Vec::new(),
            },
            total: None,
            sound: true,
        };
        paper.facts(self, declared, &tree.facts);
        if let Some((total, span)) = &paper.total
            && paper.sound
        {
            paper.sound = self.scope.expect_sum(&paper.exam.marks(), total, *span).is_some();
        }
        paper.sound.then_some(paper.exam)
    }
}

/// A paper as far as it has been read.
struct Paper {
    exam: Exam,
    total: Option<(BigRational, Span)>,
    sound: bool,
}

impl Paper {
    fn facts(&mut self, measures: &Measures<'_, '_>, declared: &Declared<'_>, facts: &[ExamFact]) {
        for fact in facts {
            self.sound &= self.fact(measures, declared, fact).is_some();
        }
    }

    fn fact(&mut self, measures: &Measures<'_, '_>, declared: &Declared<'_>, fact: &ExamFact) -> Option<()> {
        let scope = measures.scope;
        match &fact.kind {
            ExamFactKind::Vary { param, from, to, step } => {
                let varied = scope.varied(declared, param, from, to, step.as_ref(), fact.span)?;
                if self.exam.varied.iter().any(|v| v.param == varied.param) {
                    let message = words!("this param varies twice", "ce paramètre varie deux fois");
                    return scope.refuse(Diagnostic::new(Code::RepeatedFact, param.span, message));
                }
                self.exam.varied.push(varied);
            }
            ExamFactKind::VaryPersona { persona, names } => {
                let persona = scope.persona(persona)?;
                self.exam.renamed.push(Renamed { persona, names: names.iter().map(|name| name.text.clone()).collect() });
            }
            ExamFactKind::Duration(time) => {
                let time = scope.certain_expression(time, Unit::Time)?;
                self.exam.duration = Some(crate::model::law::nearest(&time));
            }
            ExamFactKind::Total(marks) => self.total = Some((scope.marks(marks)?, marks.span)),
            ExamFactKind::Distractor(names) => {
                for name in names {
                    let cited = scope.cited(name);
                    self.exam.distractors.push(cited?);
                }
            }
            ExamFactKind::Part { title, marks, facts } => {
                let stated = marks.as_ref().map(|marks| scope.marks(marks).ok_or(())).transpose();
                let title = Woven(vec![WovenPiece::Text(title.text.clone())]);
                self.exam.parts.push(Part { title: Some(title), items: Vec::new() });
                let before = self.sound;
                self.facts(measures, declared, facts);
                let part = self.exam.parts.last()?;
                if let (Some(stated), Some(marks), true) = (stated.ok()?, marks, self.sound || !before) {
                    let questions = part.items.iter().map(|item| match item {
                        PaperItem::Question(question) => question.marks.clone(),
                        _ => BigRational::zero(),
                    });
                    scope.expect_sum(&questions.sum(), &stated, marks.span)?;
                }
                self.exam.parts.push(Part::default());
            }
            ExamFactKind::Context(text) => self.push(PaperItem::Context(measures.woven(text)?)),
            ExamFactKind::Annex { title, kind } => {
                let kind = scope.annex(kind)?;
                self.push(PaperItem::Annex(Annex { title: title.text.clone(), kind }));
            }
            ExamFactKind::Question(question) => {
                let question = measures.question(question, fact.span)?;
                self.push(PaperItem::Question(question));
            }
            ExamFactKind::Note(_) => {}
        }
        Some(())
    }

    fn push(&mut self, item: PaperItem) {
        match self.exam.parts.last_mut() {
            Some(part) => part.items.push(item),
            None => self.exam.parts.push(Part { title: None, items: vec![item] }),
        }
    }
}

impl Scope<'_> {
    fn varied(
        &self,
        declared: &Declared<'_>,
        name: &Name,
        from: &Expr,
        to: &Expr,
        step: Option<&Expr>,
        origin: Span,
    ) -> Option<Varied> {
        let param = self.param(name)?;
        let value = declared.params.get(param.index())?.declared;
        let counted = matches!(value.sum.kind, ExprKind::CountOf(..));
        let literal = matches!(value.sum.kind, ExprKind::Number(_));
        if !counted && !literal {
            return self.refuse(cannot_vary(name, value.sum.span));
        }
        let unit = if counted { Unit::Number } else { self.params.get(param.index())?.as_ref()?.unit };
        let span = from.span.to(to.span);
        let (low, high, own) = self.bounds(from, to, span)?;
        self.expect_unit(&super::quantity::Quantity::certain(low.clone(), own), span, None, unit)?;
        let step_unit = if unit == Unit::Share { Unit::Points } else { unit };
        let given = step.map(|step| self.certain_expression(step, step_unit).ok_or(())).transpose().ok()?;
        let usual = if unit == Unit::Share { BigRational::new(1.into(), 100.into()) } else { BigRational::one() };
        let distance = given.unwrap_or(usual);
        let step_span = step.map_or(span, |step| step.span);
        if !distance.is_positive() {
            let message = words!("a step is more than nothing", "un pas est plus que rien");
            return self.refuse(Diagnostic::new(Code::CannotVary, step_span, message));
        }
        let counts = unit == Unit::Number && !value.sum_is_fractional();
        if counts && !(low.is_integer() && distance.is_integer()) {
            let message = words!("a count varies by whole numbers", "un décompte varie par nombres entiers");
            return self.refuse(Diagnostic::new(Code::CannotVary, span, message));
        }
        if low.is_negative() {
            let message = words!("what varies is zero or more", "ce qui varie est nul ou positif");
            return self.refuse(Diagnostic::new(Code::CannotVary, span, message));
        }
        Some(Varied { param, from: low, to: high, step: distance, counted, origin })
    }

    /// Marks, in quarters.
    fn marks(&self, marks: &Marks) -> Option<BigRational> {
        let value = &marks.number.value;
        let quarters = value * BigRational::from_integer(4.into());
        if let Some(unit) = &marks.number.unit {
            let message = words!("marks are numbers without a unit", "les points sont des nombres sans unité");
            return self.refuse(Diagnostic::new(Code::MarksNotQuarters, unit.span, message));
        }
        if quarters.is_integer() && value.is_positive() {
            return Some(value.clone());
        }
        let message = words!("marks are counted in quarters", "les points se comptent en quarts");
        self.refuse(
            Diagnostic::new(Code::MarksNotQuarters, marks.span, message)
                .help(words!("write 0.25, 0.5, 0.75, 1 and so on", "écrivez 0.25, 0.5, 0.75, 1 et ainsi de suite")),
        )
    }

    /// That marks add up to what is stated.
    fn expect_sum(&self, sum: &BigRational, stated: &BigRational, span: Span) -> Option<()> {
        if sum == stated {
            return Some(());
        }
        let (sum, stated) = (super::written::number(sum), super::written::number(stated));
        let message = words!(
            "the questions are worth {sum} marks together, not {stated}",
            "les questions valent {sum} points ensemble, et non {stated}"
        );
        self.refuse(
            Diagnostic::new(Code::MarksNotAsStated, span, message)
                .help(words!("write {sum} here, or change a question", "écrivez {sum} ici, ou changez une question")),
        )
    }

    fn cited(&self, name: &Name) -> Option<Cited> {
        self.find(name, &words!("a param or a kpi", "un paramètre ou un kpi"), |symbol| match symbol {
            Symbol::Param(id) => Some(Cited::Param(id)),
            Symbol::Kpi(id) => Some(Cited::Kpi(id)),
            _ => None,
        })
    }

    fn annex(&self, kind: &tree::AnnexKind) -> Option<AnnexKind> {
        Some(match kind {
            tree::AnnexKind::Touchpoints => AnnexKind::Touchpoints,
            tree::AnnexKind::Branches => AnnexKind::Branches,
            tree::AnnexKind::Params => AnnexKind::Params,
            tree::AnnexKind::Map => AnnexKind::Map,
            tree::AnnexKind::Kpis => AnnexKind::Kpis,
            tree::AnnexKind::Funnel => AnnexKind::Funnel,
            tree::AnnexKind::Figures(names) => {
                let all: Vec<Option<Cited>> = names.iter().map(|name| self.cited(name)).collect();
                AnnexKind::Figures(all.into_iter().collect::<Option<_>>()?)
            }
        })
    }

    fn decimals(&self, number: Option<&Number>, span: Span) -> Option<Option<u32>> {
        let Some(number) = number else { return Some(None) };
        let decimals = Some(&number.value).filter(|v| v.is_integer() && number.unit.is_none()).and_then(ToPrimitive::to_u32);
        match decimals.filter(|d| *d <= MOST_DECIMALS) {
            Some(decimals) => Some(Some(decimals)),
            None => {
                let message = words!(
                    "a rounding is to 0, 1, 2 and so on decimals, {MOST_DECIMALS} at most",
                    "un arrondi se fait à 0, 1, 2, etc. décimales, {MOST_DECIMALS} au plus"
                );
                self.refuse(Diagnostic::new(Code::OutOfRange, span, message))
            }
        }
    }
}

fn cannot_vary(name: &Name, value: Span) -> Diagnostic {
    let text = &name.text;
    let message = words!(
        "`{text}` is worked out from others: it cannot vary by itself",
        "`{text}` se déduit d'autres chiffres : il ne peut pas varier de lui-même"
    );
    Diagnostic::new(Code::CannotVary, name.span, message)
        .label(value, words!("its value is not a plain number or count", "sa valeur n'est ni un nombre ni un décompte"))
        .help(words!("vary what it is worked out from", "faites varier ce dont il se déduit"))
}

impl Measures<'_, '_> {
    fn woven(&self, tree: &tree::Woven) -> Option<Woven> {
        let mut pieces = Vec::new();
        let mut sound = true;
        for piece in &tree.pieces {
            match self.woven_piece(piece, tree.span) {
                Some(piece) => pieces.push(piece),
                None => sound = false,
            }
        }
        sound.then_some(Woven(pieces))
    }

    fn woven_piece(&self, piece: &tree::WovenPiece, span: Span) -> Option<WovenPiece> {
        let (measure, form, decimals) = match piece {
            tree::WovenPiece::Text(text) => return Some(WovenPiece::Text(text.clone())),
            tree::WovenPiece::Figure { measure, form, decimals } => (measure, form, decimals),
        };
        let decimals = self.scope.decimals(decimals.as_ref(), span)?;
        if let tree::MeasureKind::Name(name) = &measure.kind {
            match self.scope.common.names.all.get(&name.text) {
                Some((Symbol::Persona(id), _)) => return Some(WovenPiece::Persona(id)),
                Some((Symbol::Param(id), _)) if decimals.is_none() => {
                    let form = form.unwrap_or(WovenForm::Count);
                    return Some(WovenPiece::Param(id, form));
                }
                _ => {}
            }
        }
        if form.is_some() {
            let message = words!(
                "`as` is said of a param that is a count: `{{clicked as share}}`",
                "`as` se dit d'un paramètre qui est un décompte : `{{clicked as share}}`"
            );
            return self.scope.refuse(Diagnostic::new(Code::MeasureMisused, measure.span, message));
        }
        Some(WovenPiece::Measure { measure: self.read(measure)?.measure, decimals })
    }

    fn question(&self, tree: &tree::Question, span: Span) -> Option<Question> {
        let text = self.woven(&tree.text);
        let stated = tree.marks.as_ref().map(|marks| self.scope.marks(marks).ok_or(())).transpose();
        let decimals = self.scope.decimals(tree.decimals.as_ref(), tree.decimals_span(span));
        let kind = self.question_kind(tree);
        let (text, stated, decimals, (kind, own)) = (text?, stated.ok()?, decimals?, kind?);
        let marks = match (stated, own) {
            (Some(stated), Some(own)) => {
                let place = tree.marks.as_ref().map_or(span, |marks| marks.span);
                self.scope.expect_sum(&own, &stated, place)?;
                stated
            }
            (Some(marks), None) | (None, Some(marks)) => marks,
            (None, None) => {
                let message = words!("what is this question worth?", "combien vaut cette question ?");
                return self.scope.refuse(
                    Diagnostic::new(Code::MissingFact, tree.text.span, message)
                        .help(words!("write `marks 2` at its end", "écrivez `marks 2` à sa fin")),
                );
            }
        };
        Some(Question { text, kind, marks, decimals, nice: tree.nice, origin: span })
    }

    /// What is asked, and what its criteria are worth together if they say so.
    fn question_kind(&self, tree: &tree::Question) -> Option<(QuestionKind, Option<BigRational>)> {
        let said = [
            tree.answer.is_some(),
            tree.choices.is_some(),
            tree.reads.is_some(),
            !tree.rubrics.is_empty() && tree.answer.is_none() && tree.choices.is_none(),
            !tree.right.is_empty(),
        ];
        if said.iter().filter(|said| **said).count() != 1 {
            return self.scope.refuse(unclear(tree.text.span, said.contains(&true)));
        }
        if let Some(answer) = &tree.answer {
            return Some((QuestionKind::Computed(self.answer(answer)?), None));
        }
        if let Some(answer) = &tree.choices {
            let wrong: Vec<Option<Measure>> = tree.wrong_measures.iter().map(|wrong| self.answer(wrong)).collect();
            let (answer, wrong) = (self.answer(answer), wrong.into_iter().collect::<Option<_>>());
            return Some((QuestionKind::Choice { answer: answer?, wrong: wrong? }, None));
        }
        if let Some(reading) = tree.reads {
            return Some((QuestionKind::Reading(reading), None));
        }
        let all = |texts: &[tree::Woven]| texts.iter().map(|text| self.woven(text)).collect::<Option<Vec<_>>>();
        if !tree.right.is_empty() {
            return Some((QuestionKind::Words { right: all(&tree.right)?, wrong: all(&tree.wrong)? }, None));
        }
        let mut criteria = Vec::new();
        let mut sum = Some(BigRational::zero());
        for (text, marks) in &tree.rubrics {
            let marks = marks.as_ref().map(|marks| self.scope.marks(marks).ok_or(())).transpose().ok()?;
            sum = sum.zip(marks.clone()).map(|(sum, marks)| sum + marks);
            criteria.push(Criterion { text: self.woven(text)?, marks });
        }
        Some((QuestionKind::Argued(criteria), sum))
    }

    /// A measure that has an exact value.
    fn answer(&self, tree: &tree::Measure) -> Option<Measure> {
        let measure = self.read(tree)?.measure;
        if self.is_percentile(&measure) {
            let message = words!(
                "a median or a percentile has no exact value to mark by",
                "une médiane ou un centile n'a pas de valeur exacte d'après laquelle noter"
            );
            return self.scope.refuse(
                Diagnostic::new(Code::AnswerNotExact, tree.span, message)
                    .help(words!("ask for a rate, a mean or an amount", "demandez un taux, une moyenne ou un montant")),
            );
        }
        Some(measure)
    }

    fn is_percentile(&self, measure: &Measure) -> bool {
        match &measure.kind {
            MeasureKind::Statistic(Statistic::Percentile(_), inner) => constant(inner).is_none(),
            MeasureKind::Kpi(id, _) => {
                self.kpis.get(id.index()).and_then(Option::as_ref).is_some_and(|kpi| self.is_percentile(&kpi.measure))
            }
            other => other.parts().into_iter().any(|part| self.is_percentile(part)),
        }
    }
}

fn unclear(span: Span, twice: bool) -> Diagnostic {
    let message = if twice {
        words!("this question asks for two things at once", "cette question demande deux choses à la fois")
    } else {
        words!("nothing says how this question is answered", "rien ne dit comment on répond à cette question")
    };
    Diagnostic::new(Code::QuestionUnclear, span, message).help(words!(
        "say one of `answer` (a figure), `choices` (a figure among others), `reads` (of the map), `right` and `wrong` (words), `rubric`",
        "dites l'un de `answer` (un chiffre), `choices` (un chiffre parmi d'autres), `reads` (sur la carte), `right` et `wrong` (des mots), `rubric`"
    ))
}

impl tree::Value {
    /// Whether it is written with decimals: then it is no count.
    fn sum_is_fractional(&self) -> bool {
        matches!(&self.sum.kind, ExprKind::Number(number) if number.decimals > 0)
    }
}

impl tree::Question {
    fn decimals_span(&self, span: Span) -> Span {
        self.answer.as_ref().or(self.choices.as_ref()).map_or(span, |measure| measure.span)
    }
}
