//! Where columns and stages lie, from left to right.

use super::ranks::Columns;
use super::scale::Scale;
use super::sheet::{LANES, MARGIN, SMALLEST, Sheet};
use super::text::Face;
use super::view::{MapView, PointView, StageView};

/// Between a label and the edges of its column, both sides together.
pub(super) const BESIDE: f64 = 18.0;
/// Between a label with a long word and the edges of its column, both sides together.
const NARROW: f64 = 8.0;
/// What the disc of a hot point takes beside a label.
pub(super) const DISC: f64 = 22.0;
/// What the beginning of the magnifier takes.
const MAGNIFIER: f64 = 104.0;
/// Maps of more than twelve touchpoints are that wide at least.
const LEAST: f64 = 1440.0;

/// Places from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// Of the whole picture.
    pub(super) width: f64,
    /// Where lanes end.
    pub(super) right: f64,
    /// By stage: from, to.
    pub(super) stages: Vec<(f64, f64)>,
    /// By column: its middle.
    pub(super) columns: Vec<f64>,
    /// By column: how wide it is.
    pub(super) room: Vec<f64>,
    /// By touchpoint: how many columns its label may take.
    pub(super) reach: Vec<f64>,
    /// Where the magnifier begins.
    pub(super) cut: Option<f64>,
}

impl Grid {
    /// Shares the width out among the columns.
    pub(super) fn new(view: &MapView, columns: &Columns, scale: &Scale, sheet: &Sheet) -> Self {
        let extra = if scale.cut.is_some() { MAGNIFIER } else { 0.0 };
        let least: Vec<f64> = view.stages.iter().map(least_width).collect();
        let reach = columns.reach(view);
        let needed = needed_step(view, &reach, sheet);
        // On small maps a stage of one column is given more than a column, for the words under it.
        let more = if sheet.small && view.stages.len() > 1 { 0.6 } else { 0.0 };
        let count = |stage: usize| columns.stages[stage].len() as f64 + more;
        let total = |step: f64| (0..least.len()).map(|s| least[s].max(count(s) * step)).sum::<f64>();
        let wanted = LANES + MARGIN + extra + total(needed.max(sheet.step.0 * 1.15));
        let reference = if sheet.small { sheet.width } else { wanted.clamp(LEAST.min(sheet.width), sheet.width) };
        let width = reference.max(LANES + MARGIN + extra + total(needed));
        let inner = width - LANES - MARGIN - extra;
        let widths = share_out(&least, inner, count);
        let mut grid = Self { width, right: width - MARGIN, reach, ..Self::default() };
        let mut x = LANES;
        for (stage, range) in columns.stages.iter().enumerate() {
            let from = x;
            let room = widths[stage] / (range.len() as f64).max(1.0);
            for column in range.clone() {
                if scale.cut.is_some_and(|cut| cut.column == column) {
                    grid.cut = Some(x + if column == range.start { 8.0 } else { 0.0 });
                    x += MAGNIFIER;
                }
                grid.columns.push(x + room / 2.0);
                grid.room.push(room);
                x += room;
            }
            grid.stages.push((from, x));
        }
        grid
    }
}

/// Stages as wide as they must be, the rest shared by columns.
fn share_out(least: &[f64], inner: f64, count: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut fixed = vec![false; least.len()];
    loop {
        let (mut left, mut columns) = (inner, 0.0);
        for stage in 0..least.len() {
            if fixed[stage] { left -= least[stage] } else { columns += count(stage) }
        }
        let step = if columns > 0.0 { left / columns } else { 0.0 };
        let mut settled = true;
        for stage in 0..least.len() {
            if !fixed[stage] && count(stage) * step < least[stage] {
                fixed[stage] = true;
                settled = false;
            }
        }
        if settled {
            return (0..least.len()).map(|s| if fixed[s] { least[s] } else { count(s) * step }).collect();
        }
    }
}

/// What the heading of a stage must have.
fn least_width(stage: &StageView) -> f64 {
    let widest = |face: Face, text: &str| text.split(' ').map(|word| face.width(word)).fold(0.0, f64::max);
    let heading = stage.moment.as_deref().map_or(0.0, |moment| Face { tracking: 0.8, ..Face::bold(14.0) }.width(moment));
    let plain = Face::plain(12.0);
    [
        heading,
        widest(Face::bold(14.0), &stage.label).min(170.0),
        Face::bold(12.0).width(&stage.entered).min(190.0),
        (plain.width("→ ") + plain.width(&stage.continued)).min(190.0),
    ]
    .into_iter()
    .fold(92.0, f64::max)
        + BESIDE
}

/// From column to column so that labels are whole; where no step is wide enough for all, the least that cuts the fewest.
fn needed_step(view: &MapView, reach: &[f64], sheet: &Sheet) -> f64 {
    const BY: f64 = 4.0;
    const LONG: f64 = 96.0;
    let numbers = view.points.iter().map(|p| Face::bold(SMALLEST).width(&p.count) + BESIDE).fold(0.0, f64::max);
    let least = sheet.step.0.max(numbers).min(sheet.step.1);
    let steps = ((sheet.step.1 - least) / BY) as usize + 1;
    let cut = |step: f64| {
        let wrapped = |(point, reach): (&PointView, &f64)| {
            let disc = if point.hot.is_some() { DISC } else { 0.0 };
            wrap_label(sheet, &point.label, disc, step, step * reach)
        };
        let labels: Vec<(Vec<String>, bool)> = view.points.iter().zip(reach).map(wrapped).collect();
        // Words that are long by any measure are divided; others only if they are few.
        let is_long = |point: &PointView| point.label.split(' ').any(|word| sheet.label.width(word) > LONG);
        let is_divided = |lines: &[String]| lines.iter().any(|line| line.ends_with('-'));
        let divided = view.points.iter().zip(&labels).filter(|(p, (lines, _))| is_divided(lines) && !is_long(p)).count();
        labels.iter().filter(|(_, cut)| *cut).count() + divided.saturating_sub(view.points.len() / 7)
    };
    let tried = (0..steps).map(|at| least + BY * at as f64).map(|step| (cut(step), step));
    tried.reduce(|best, next| if next.0 < best.0 { next } else { best }).map_or(least, |best| best.1)
}

/// A label in lines, and whether it was cut. In a column of that much room: two lines if they hold it, wider than usual if a word needs
/// it, then over empty columns beside it as far as `free`, then three.
pub(super) fn wrap_label(sheet: &Sheet, label: &str, disc: f64, room: f64, free: f64) -> (Vec<String>, bool) {
    const WIDEST: f64 = 190.0;
    const BY: f64 = 12.0;
    let wider = ((free.min(WIDEST) - room) / BY).max(0.0) as usize;
    let wide = |most: usize| (1..=wider).map(move |at| (room + BY * at as f64 - BESIDE, most));
    let own = |most: usize| [(room - BESIDE, most), (room - NARROW, most)];
    let tried = own(2).into_iter().chain(wide(2)).chain(own(3)).chain(wide(3));
    let wrapped = tried.map(|(width, most)| sheet.label.wrap_after(label, disc, width.max(disc + room * 0.4), most));
    let mut last = (Vec::new(), true);
    for (lines, cut) in wrapped {
        last = (lines, cut);
        if !last.1 {
            break;
        }
    }
    last
}
