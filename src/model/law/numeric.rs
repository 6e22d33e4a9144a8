//! Two numerical tools: a safeguarded root search, and the trapezoid rule on the whole line.

/// The root of a continuous function between two points where it has opposite signs, to the last bit that the function
/// allows; `None` if the signs do not differ.
///
/// Brent's method (R. P. Brent, *Algorithms for Minimization without Derivatives*, 1973, chapter 4).
pub(super) fn root(f: impl Fn(f64) -> f64, low: f64, high: f64) -> Option<f64> {
    let (mut a, mut b) = (low, high);
    let (mut fa, mut fb) = (f(a), f(b));
    if fa.is_nan() || fb.is_nan() || (fa > 0.0 && fb > 0.0) || (fa < 0.0 && fb < 0.0) {
        return None;
    }
    let (mut c, mut fc) = (a, fa);
    let mut step = b - a;
    let mut before = step;
    for _ in 0..300 {
        if (fb > 0.0) == (fc > 0.0) {
            (c, fc) = (a, fa);
            step = b - a;
            before = step;
        }
        if fc.abs() < fb.abs() {
            (a, b, c) = (b, c, b);
            (fa, fb, fc) = (fb, fc, fb);
        }
        let tolerance = 2.0 * f64::EPSILON * b.abs() + f64::MIN_POSITIVE;
        let middle = 0.5 * (c - b);
        if middle.abs() <= tolerance || fb == 0.0 {
            return Some(b);
        }
        if before.abs() >= tolerance && fa.abs() > fb.abs() {
            let s = fb / fa;
            let (mut p, mut q) = if a == c {
                (2.0 * middle * s, 1.0 - s)
            } else {
                let (q, r) = (fa / fc, fb / fc);
                (s * (2.0 * middle * q * (q - r) - (b - a) * (r - 1.0)), (q - 1.0) * (r - 1.0) * (s - 1.0))
            };
            if p > 0.0 {
                q = -q;
            }
            p = p.abs();
            if 2.0 * p < (3.0 * middle * q - (tolerance * q).abs()).min((before * q).abs()) {
                before = step;
                step = p / q;
            } else {
                step = middle;
                before = middle;
            }
        } else {
            step = middle;
            before = middle;
        }
        (a, fa) = (b, fb);
        b += if step.abs() > tolerance { step } else { tolerance.copysign(middle) };
        fb = f(b);
    }
    Some(b)
}

/// The first root of `f` on the way from `from` to `to`, looking at `steps` places between; a pair of roots between two
/// neighbouring places is found where `f` comes closest to zero.
pub(super) fn first_root(f: impl Fn(f64) -> f64, from: f64, to: f64, steps: u32) -> Option<f64> {
    let at = |i: u32| from + (to - from) * f64::from(i) / f64::from(steps);
    let values: Vec<f64> = (0..=steps).map(|i| f(at(i))).collect();
    let crossing = |pair: &[f64]| (pair[0] <= 0.0) != (pair[1] <= 0.0) && !pair[0].is_nan() && !pair[1].is_nan();
    if let Some(i) = values.windows(2).position(crossing) {
        let i = u32::try_from(i).ok()?;
        return root(f, at(i), at(i + 1));
    }
    let sign = values.iter().find(|v| v.is_finite())?.signum();
    let closest = (1..steps).min_by(|&i, &j| values[i as usize].abs().total_cmp(&values[j as usize].abs()))?;
    let (mut low, mut high) = (at(closest - 1), at(closest + 1));
    for _ in 0..100 {
        let (a, b) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
        let (fa, fb) = (sign * f(a), sign * f(b));
        if fa <= 0.0 || fb <= 0.0 {
            let crossed = if fa <= 0.0 { a } else { b };
            return root(f, at(closest - 1), crossed);
        }
        if fa < fb { high = b } else { low = a }
    }
    None
}

/// The integral of `f` over `low..high` by the trapezoid rule, where `f` is analytic and as good as zero at both bounds: the
/// error then falls exponentially with the number of steps (L. N. Trefethen and J. A. C. Weideman, *The exponentially convergent
/// trapezoidal rule*, SIAM Review 56, 2014).
pub(super) fn trapezoid(f: impl Fn(f64) -> f64, low: f64, high: f64, steps: u32) -> f64 {
    let width = (high - low) / f64::from(steps);
    let ends = 0.5 * (f(low) + f(high));
    width * (1..steps).fold(ends, |sum, i| sum + f(low + f64::from(i) * width))
}
