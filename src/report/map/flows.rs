//! What kind each passage is: onwards, back to the column before, further back, to itself, or in from outside.

use super::bubbles::Bubble;
use super::ranks::Columns;
use super::scale::Scale;
use super::sheet::Sheet;
use super::view::MapView;

/// Passages by kind; the numbers are indices into [`MapView::flows`].
#[derive(Clone, Debug, Default)]
pub(super) struct Kinds {
    /// Into a column further right.
    pub(super) onwards: Vec<usize>,
    /// From outside, past the first column.
    pub(super) entries: Vec<usize>,
    /// Further on within a column.
    pub(super) beside: Vec<usize>,
    /// Into the same column or the one before.
    pub(super) near: Vec<usize>,
    /// Further back: by the corridors.
    pub(super) far: Vec<usize>,
    /// To the touchpoint that it leaves.
    pub(super) own: Vec<usize>,
    /// Too few to be drawn.
    pub(super) faint: usize,
}

/// Sorts the passages.
pub(super) fn sort(view: &MapView, columns: &Columns, bubbles: &[Bubble], scale: &Scale, sheet: &Sheet) -> Kinds {
    let mut kinds = Kinds::default();
    for (index, flow) in view.flows.iter().enumerate() {
        let to = &bubbles[flow.to];
        let Some(from) = flow.from.map(|from| &bubbles[from]) else {
            let first = bubbles.iter().map(|b| b.column).min().unwrap_or(0);
            if flow.passages > 0.0 && to.column > first {
                kinds.entries.push(index);
            }
            continue;
        };
        if flow.passages <= 0.0 {
            continue;
        }
        if flow.passages * from.factor.max(to.factor) < sheet.faintest * scale.most() && !flow.typical {
            kinds.faint += 1;
        } else if flow.from == Some(flow.to) {
            kinds.own.push(index);
        } else if to.column > from.column {
            kinds.onwards.push(index);
        } else if to.column == from.column && flow.from.is_some_and(|from| columns.rank[flow.to] > columns.rank[from]) {
            kinds.beside.push(index);
        } else if to.column + 1 >= from.column {
            kinds.near.push(index);
        } else {
            kinds.far.push(index);
        }
    }
    kinds
}
