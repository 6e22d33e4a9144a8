//! Rectangles, and which of them are taken.

/// A rectangle, in units of the picture, y downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left.
    pub x0: f64,
    /// Top.
    pub y0: f64,
    /// Right.
    pub x1: f64,
    /// Bottom.
    pub y1: f64,
}

impl Rect {
    /// From its corner and its size.
    #[must_use]
    pub fn sized(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x0: x, y0: y, x1: x + width, y1: y + height }
    }

    /// The square around a disc.
    #[must_use]
    pub fn around(x: f64, y: f64, radius: f64) -> Self {
        Self { x0: x - radius, y0: y - radius, x1: x + radius, y1: y + radius }
    }

    /// Whether two rectangles share more than an edge.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        const HAIR: f64 = 0.01;
        self.x0 < other.x1 - HAIR && other.x0 < self.x1 - HAIR && self.y0 < other.y1 - HAIR && other.y0 < self.y1 - HAIR
    }

    /// Whether a disc reaches into it.
    #[must_use]
    pub fn meets_disc(&self, x: f64, y: f64, radius: f64) -> bool {
        let (dx, dy) = (x - x.clamp(self.x0, self.x1), y - y.clamp(self.y0, self.y1));
        libm::hypot(dx, dy) < radius - 0.01
    }

    /// Wider and higher by that much on each side.
    #[must_use]
    pub fn grown(&self, by: f64) -> Self {
        Self { x0: self.x0 - by, y0: self.y0 - by, x1: self.x1 + by, y1: self.y1 + by }
    }

    /// Whether it lies within another.
    #[must_use]
    pub fn within(&self, other: &Self) -> bool {
        const HAIR: f64 = 0.01;
        self.x0 >= other.x0 - HAIR && self.x1 <= other.x1 + HAIR && self.y0 >= other.y0 - HAIR && self.y1 <= other.y1 + HAIR
    }
}

/// Whose a rectangle is.
pub(super) type Owner = Option<usize>;

/// What is taken: rectangles that nothing else may lie on, each of a touchpoint or of nobody, and soft ground (bands), which
/// costs.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken {
    hard: Vec<(Rect, Owner)>,
    soft: Vec<(f64, f64, f64)>,
}

impl Taken {
    /// Takes a rectangle.
    pub(super) fn take(&mut self, rect: Rect, owner: Owner) {
        self.hard.push((rect, owner));
    }

    /// Gives a rectangle of a touchpoint back.
    pub(super) fn leave(&mut self, rect: &Rect, owner: usize) {
        self.hard.retain(|(taken, of)| taken != rect || *of != Some(owner));
    }

    /// A point of a band: where, and half its width.
    pub(super) fn soften(&mut self, x: f64, y: f64, half: f64) {
        self.soft.push((x, y, half));
    }

    /// Whether a rectangle is free.
    pub(super) fn is_free(&self, rect: &Rect) -> bool {
        !self.hard.iter().any(|(taken, _)| taken.meets(rect))
    }

    /// How many of the rectangles taken it lies on.
    pub(super) fn hits(&self, rect: &Rect) -> usize {
        self.hard.iter().filter(|(taken, _)| taken.meets(rect)).count()
    }

    /// Whether it is free but for what belongs to one touchpoint and satisfies `own`.
    pub(super) fn is_free_but(&self, rect: &Rect, own: impl Fn(&Rect, Owner) -> bool) -> bool {
        !self.hard.iter().any(|(taken, owner)| taken.meets(rect) && !own(taken, *owner))
    }

    /// How much of bands lies under a rectangle: points of bands in it, each weighted by its width.
    pub(super) fn cost(&self, rect: &Rect) -> f64 {
        self.soft
            .iter()
            .filter(|(x, y, half)| *x > rect.x0 && *x < rect.x1 && y + half > rect.y0 && y - half < rect.y1)
            .map(|(_, _, half)| 0.4 + half.min(6.0))
            .sum()
    }
}
