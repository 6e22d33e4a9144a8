//! Forms → the tables in which they stand, and where their cells start.
//!
//! Forms of one table, on adjacent lines, share the column of their first word; declarations share that of their names too.
//! Behind these, forms of one kind share theirs.

use crate::syntax::grammar::{Piece, Rule};
use crate::syntax::words::Block;

/// The kind of a cell: cells of one kind may stand below each other.
pub(super) type Key = (Rule, usize);

/// Where the cells of a line start.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) table: Table,
    pub(super) cells: Vec<Column>,
}

/// A cell.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) key: Key,
    /// Where it starts; none if the line leaves it out.
    pub(super) at: Option<usize>,
}

/// The tables in which a form may stand, as a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Table(u16);

impl Table {
    const HEAD: Self = Self(1);
    const DECLARATIONS: Self = Self(2);
    const HEAD_OR_DECLARATIONS: Self = Self(3);
    const PROMISES: Self = Self(4);
    const MEMORY: Self = Self(8);
    const BRANCHES: Self = Self(16);
    const PERSONAS: Self = Self(32);
    const FACTS: Self = Self(64);
    const NOTES: Self = Self(128);
    const SETTINGS: Self = Self(256);
    const LEFT_OUT: Self = Self(512);
    const BUDGET: Self = Self(1024);
    const VARIED: Self = Self(2048);

    /// The tables of both; none if they share none.
    pub(super) fn and(self, other: Self) -> Option<Self> {
        let both = self.0 & other.0;
        (both != 0).then_some(Self(both))
    }
}

/// The key of what all forms of a table share.
const SHARED: Rule = Rule::EOI;
/// Cells beyond these are not worth a column.
const MOST_CELLS: usize = 12;

/// The cells of a fact; none for one that stands in no table.
pub(super) fn columns(block: Block, fact: &Piece<'_>) -> Option<Columns> {
    let form = form(block, fact)?;
    let parts = parts(fact);
    let mut cells = vec![Column { key: (SHARED, 0), at: Some(0) }];
    let mut rest = parts.get(form.skipped..)?;
    for (i, slot) in form.slots.iter().enumerate() {
        let found = rest.iter().position(|part| slot.is_empty() || slot.contains(&part.as_rule()));
        let at = found.map(|found| rest[found].as_span().start());
        let shared = form.shares_names && i == 0;
        cells.push(Column { key: (if shared { SHARED } else { form.rule }, i + 1), at });
        rest = &rest[found.map_or(0, |found| found + 1)..];
    }
    for part in rest.iter().filter(|part| form.tail.contains(&part.as_rule())) {
        let inner = Some(part).filter(|part| part.as_rule() == Rule::effect).and_then(|part| part.clone().into_inner().next());
        let rule = inner.map_or(part.as_rule(), |inner| inner.as_rule());
        cells.push(Column { key: (rule, usize::MAX), at: Some(part.as_span().start()) });
    }
    cells.truncate(MOST_CELLS);
    Some(Columns { table: form.table, cells })
}

/// What the cells of a form are, behind its first words.
#[derive(Clone, Copy)]
struct Form {
    rule: Rule,
    table: Table,
    /// How many parts make the first cell.
    skipped: usize,
    /// Whether the cell behind them is shared by all forms of the table.
    shares_names: bool,
    /// Cells in their order, each by the parts that may start it (nothing: any part); one that is left out stays empty.
    slots: &'static [&'static [Rule]],
    /// Parts behind them that start a cell of their own.
    tail: &'static [Rule],
}

const NAME: &[Rule] = &[Rule::name];
const LABEL: &[Rule] = &[Rule::label];
const EQUALS: &[Rule] = &[Rule::equals];
const FIGURE: &[Rule] = &[Rule::figure];
const SHARE: &[Rule] = &[Rule::figure, Rule::k_otherwise];
const ANYTHING: &[Rule] = &[];
const BRANCH_WORDS: &[Rule] = &[Rule::when, Rule::after, Rule::because, Rule::effect];

fn form(block: Block, fact: &Piece<'_>) -> Option<Form> {
    let rule = core(fact).as_rule();
    let new = |table, slots| Form { rule, table, skipped: 1, shares_names: false, slots, tail: &[] };
    let declaration = |slots| Form { shares_names: true, ..new(Table::DECLARATIONS, slots) };
    Some(match rule {
        Rule::journey | Rule::library | Rule::locale | Rule::currency | Rule::horizon | Rule::discount | Rule::include => {
            new(Table::HEAD, &[ANYTHING])
        }
        Rule::source => Form { table: Table::HEAD_OR_DECLARATIONS, ..declaration(&[NAME, LABEL, &[Rule::k_url]]) },
        Rule::param => declaration(&[NAME, LABEL, EQUALS, &[Rule::range], &[Rule::source_of, Rule::k_assumed], &[Rule::costs]]),
        Rule::law | Rule::segment | Rule::facet => declaration(&[NAME, LABEL, EQUALS]),
        Rule::path => declaration(&[NAME, LABEL, &[Rule::for_who], EQUALS]),
        Rule::goal | Rule::consent | Rule::persona => declaration(&[NAME, LABEL]),
        Rule::end => declaration(&[NAME, LABEL, &[Rule::outcome]]),
        Rule::resource => declaration(&[NAME, LABEL, &[Rule::sum]]),
        Rule::channel => Form { tail: &[Rule::channel_word], ..declaration(&[NAME, LABEL]) },
        Rule::kpi => new(Table::PROMISES, &[NAME, LABEL, &[Rule::k_key], EQUALS]),
        Rule::claim | Rule::expect => new(Table::PROMISES, &[ANYTHING]),
        Rule::flag | Rule::clock => Form { shares_names: true, ..new(Table::MEMORY, &[NAME, LABEL]) },
        Rule::counter => Form { shares_names: true, ..new(Table::MEMORY, &[NAME, LABEL, &[Rule::bound]]) },
        Rule::state => Form { shares_names: true, ..new(Table::MEMORY, &[NAME, LABEL, EQUALS]) },
        Rule::branch => Form { tail: BRANCH_WORDS, ..new(Table::BRANCHES, &[NAME, SHARE]) },
        Rule::of => new(Table::PERSONAS, &[NAME, SHARE]),
        Rule::budget => new(Table::BUDGET, &[ANYTHING]),
        Rule::set_param => new(Table::SETTINGS, &[NAME, EQUALS]),
        Rule::without => new(Table::LEFT_OUT, &[NAME, &[Rule::arrow]]),
        Rule::note
            if matches!(
                block,
                Block::Top | Block::Scenario | Block::Memory | Block::Arrive | Block::Race | Block::Exam | Block::Part
            ) =>
        {
            new(Table::NOTES, &[LABEL, LABEL])
        }
        Rule::touchpoint | Rule::stage | Rule::arrive | Rule::memory | Rule::automation | Rule::scenario | Rule::exam => {
            return None;
        }
        Rule::vary => new(Table::VARIED, &[NAME, &[Rule::bound], &[Rule::step]]),
        // Their texts are long, and of no common length.
        Rule::vary_persona | Rule::duration | Rule::total | Rule::exam_part | Rule::context | Rule::distractor | Rule::annex => {
            return None;
        }
        Rule::question | Rule::criterion | Rule::right | Rule::wrong => return None,
        Rule::race => return None,
        _ => touch(new(Table::FACTS, &[ANYTHING])),
    })
}

/// What a touchpoint, a persona, a channel or a branch says line by line.
fn touch(form: Form) -> Form {
    let form = Form { tail: &[Rule::when], ..form };
    match form.rule {
        Rule::note => Form { slots: &[LABEL, LABEL], ..form },
        Rule::reach | Rule::set | Rule::clear | Rule::start => Form { slots: &[NAME], ..form },
        Rule::add => Form { slots: &[NAME, FIGURE], ..form },
        Rule::cost => Form { slots: &[FIGURE], ..form },
        Rule::earns => Form { slots: &[FIGURE, &[Rule::margin]], ..form },
        Rule::survey => Form { slots: &[&[Rule::survey_kind], FIGURE], ..form },
        Rule::has | Rule::consents => Form { slots: &[NAME, &[Rule::value]], ..form },
        Rule::at_most => Form { skipped: 2, ..form },
        _ => form,
    }
}

/// The fact itself, of a line in a touchpoint or a branch.
fn core<'t>(fact: &Piece<'t>) -> Piece<'t> {
    let mut core = fact.clone();
    while matches!(core.as_rule(), Rule::touch | Rule::effect)
        && let Some(inner) = core.clone().into_inner().next()
    {
        core = inner;
    }
    core
}

/// The parts of a fact in their order, those of its title and of its value too.
fn parts<'t>(fact: &Piece<'t>) -> Vec<Piece<'t>> {
    let is_param = fact.as_rule() == Rule::param;
    let mut parts = Vec::new();
    for part in fact.clone().into_inner() {
        match part.as_rule() {
            Rule::title => parts.extend(part.into_inner()),
            Rule::value if is_param => parts.extend(part.into_inner()),
            // The fact of a touchpoint, before its guard.
            _ if matches!(fact.as_rule(), Rule::touch | Rule::effect) => match part.as_rule() {
                Rule::when => parts.push(part),
                _ => parts.extend(core(&part).into_inner()),
            },
            _ => parts.push(part),
        }
    }
    parts
}
