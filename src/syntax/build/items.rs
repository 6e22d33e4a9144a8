//! The forms of the top level, and scenarios, which hold them too.

use super::{Built, one};
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::draft::Draft;
use crate::syntax::grammar::{Piece, Rule};
use crate::syntax::outline::{Body, Line};
use crate::syntax::reader::Reader;
use crate::syntax::tree::{Change, Item, ItemKind, Outcome, Persona, Scenario};
use crate::syntax::words::{Block, first_word, replaces};
use crate::words;

impl Reader<'_> {
    /// The lines of the top level. One that cannot be read leaves [`ItemKind::Bad`].
    pub(in crate::syntax) fn items(&mut self, lines: &[Line]) -> Vec<Item> {
        let mut items = Vec::new();
        for line in lines {
            let before = items.len();
            self.fact(Block::Top, line, &mut |reader, draft, piece, body| {
                items.push(reader.item(draft, piece, body)?);
                Ok(())
            });
            if items.len() == before && !self.has_enough() {
                let end = line.body.as_ref().map_or(line.range.end, |body| body.end);
                items.push(Item { kind: ItemKind::Bad, span: self.span(line.range.start..end) });
            }
        }
        items
    }

    fn item(&mut self, draft: &Draft<'_>, piece: &Piece<'_>, body: Option<&Body>) -> Built<Item> {
        Ok(Item { kind: self.item_kind(draft, piece, body)?, span: self.extent(draft, body) })
    }

    fn item_kind(&mut self, draft: &Draft<'_>, piece: &Piece<'_>, body: Option<&Body>) -> Built<ItemKind> {
        let title = || draft.title_in(piece);
        Ok(match piece.as_rule() {
            Rule::journey => ItemKind::Journey(title()),
            Rule::library => ItemKind::Library(title()),
            Rule::locale => ItemKind::Locale(draft.name_in(piece)),
            Rule::currency => ItemKind::Currency(draft.name_in(piece)),
            Rule::horizon => ItemKind::Horizon(draft.sum_in(piece)?),
            Rule::discount => ItemKind::Discount(draft.sum_in(piece)?, draft.name_in(piece)),
            Rule::include => ItemKind::Include(draft.label_in(piece)),
            Rule::source => ItemKind::Source { title: title(), url: draft.label_of(piece) },
            Rule::param => {
                let costs = one(piece, Rule::costs).map(|costs| draft.costs(&costs)).transpose()?;
                ItemKind::Param { title: title(), value: draft.value_in(piece)?, costs }
            }
            Rule::law => ItemKind::Law { title: title(), law: draft.sum_in(piece)? },
            Rule::segment => ItemKind::Segment { title: title(), of: draft.list_in(piece) },
            Rule::goal => ItemKind::Goal(title()),
            Rule::end => ItemKind::End { title: title(), outcome: draft.outcome(piece) },
            Rule::consent => ItemKind::Consent(title()),
            Rule::resource => ItemKind::Resource { title: title(), servers: draft.sum_in(piece)? },
            Rule::facet => ItemKind::Facet { title: title(), words: draft.list_in(piece) },
            Rule::memory => ItemKind::Memory(body.map(|body| self.memory_block(body)).unwrap_or_default()),
            Rule::persona => {
                let facts = body.map(|body| self.persona_block(body)).unwrap_or_default();
                ItemKind::Persona(Persona { title: title(), facts })
            }
            Rule::channel => ItemKind::Channel(self.channel(draft, piece, body)),
            Rule::arrive => ItemKind::Arrive(self.arrive(draft, piece, body)?),
            Rule::stage => ItemKind::Stage(self.stage(draft, piece, body)),
            Rule::touchpoint => ItemKind::Touchpoint(self.touchpoint(draft, piece, body)),
            Rule::path => {
                ItemKind::Path { title: title(), persona: draft.name_of(piece, Rule::for_who), steps: draft.names_in(piece) }
            }
            Rule::automation => ItemKind::Automation(self.automation(draft, piece, body)),
            Rule::kpi => ItemKind::Kpi {
                title: title(),
                key: one(piece, Rule::k_key).is_some(),
                measure: draft.measure_in(piece)?,
                by: draft.name_of(piece, Rule::by),
            },
            Rule::claim => ItemKind::Claim {
                measure: draft.measure_in(piece)?,
                value: draft.sum_in(piece)?,
                source: draft.name_of(piece, Rule::source_of),
            },
            Rule::expect => ItemKind::Expect(draft.expect(piece)?),
            Rule::scenario => ItemKind::Scenario(self.scenario(draft, piece, body)),
            Rule::exam => ItemKind::Exam(self.exam(draft, piece, body)),
            Rule::note => ItemKind::Note(draft.note(piece)),
            _ => return Err(draft.unreadable(piece)),
        })
    }

    fn scenario(&mut self, draft: &Draft<'_>, piece: &Piece<'_>, body: Option<&Body>) -> Scenario {
        // After `from`, the title being a piece of its own.
        let from = one(piece, Rule::name).map(|from| draft.name(&from));
        Scenario { title: draft.title_in(piece), from, changes: body.map(|body| self.scenario_block(body)).unwrap_or_default() }
    }

    fn scenario_block(&mut self, body: &Body) -> Vec<Change> {
        let mut changes = Vec::new();
        self.facts(Block::Scenario, &body.lines, &mut |reader, draft, piece, body| {
            changes.push(match piece.as_rule() {
                Rule::set_param => Change::Set(draft.name_in(piece), draft.value_in(piece)?, draft.span(piece)),
                Rule::without => {
                    let mut names = draft.names_in(piece).into_iter();
                    let what = names.next().ok_or_else(|| draft.unreadable(piece))?;
                    Change::Without(what, names.next(), draft.span(piece))
                }
                Rule::note => return Ok(()),
                _ => {
                    let word = first_word(&draft.text);
                    if !replaces(word) {
                        let message = words!("`{word}` has no place in a scenario", "`{word}` n'a pas sa place dans un scénario");
                        return Err(Box::new(Diagnostic::new(Code::Misplaced, draft.whole(), message)));
                    }
                    Change::Replace(reader.item(draft, piece, body)?)
                }
            });
            Ok(())
        });
        changes
    }

    /// Reads the block of a head that could not be read, for what there is to say about its lines.
    pub(in crate::syntax) fn skim(&mut self, body: &Body) {
        match body.kind {
            Block::Memory => drop(self.memory_block(body)),
            Block::Persona => drop(self.persona_block(body)),
            Block::Channel => drop(self.channel_block(body)),
            Block::Arrive => drop(self.arrive_block(body)),
            Block::Stage => drop(self.stage_block(body)),
            Block::Touchpoint => drop(self.touchpoint_block(body)),
            Block::Automation => drop(self.automation_block(body)),
            Block::Scenario => drop(self.scenario_block(body)),
            Block::Race => drop(self.branches(Block::Race, body)),
            Block::Branch => self.facts(Block::Branch, &body.lines, &mut |_, _, _, _| Ok(())),
            Block::Exam => drop(self.exam_block(body)),
            Block::Part => drop(self.part_block(body)),
            Block::Question => drop(self.question_block(body)),
            Block::Top | Block::Unknown => {}
        }
    }
}

impl Draft<'_> {
    fn outcome(&self, piece: &Piece<'_>) -> Option<(Outcome, crate::diagnostics::Span)> {
        let word = one(piece, Rule::outcome)?;
        let outcome = if word.as_str() == "success" { Outcome::Success } else { Outcome::Failure };
        Some((outcome, self.span(&word)))
    }
}
