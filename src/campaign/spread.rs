//! From replications to spreads, and to what knowing would be worth.

use super::replicate::Drawn;

/// What a total may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Mean over the campaigns.
    pub mean: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Standard deviation between campaigns.
    pub sd: f64,
    /// One campaign in twenty ends below.
    pub low: f64,
    /// Half of the campaigns end below or there.
    pub median: f64,
    /// Nineteen campaigns in twenty end below or there.
    pub high: f64,
}

/// What a total may be with what is not known.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its spread.
    pub spread: Spread,
    /// Which share of its variance is there since something is not known: Var E(total | all that is not known) / Var total.
    pub not_known: f64,
    /// By unknown: which share of the variance would be gone, on average, if it were known: Var E(total | it) / Var total.
    pub worth: Vec<f64>,
}

impl Spread {
    /// Of campaigns that are independent.
    pub(super) fn new(campaigns: Vec<f64>) -> Self {
        let n = campaigns.len() as f64;
        let (mean, variance) = moments(&campaigns);
        Self::around(campaigns, mean, variance.sqrt(), (variance / n).sqrt())
    }

    fn around(mut campaigns: Vec<f64>, mean: f64, sd: f64, standard_error: f64) -> Self {
        campaigns.sort_by(f64::total_cmp);
        let quantile = |p: f64| {
            let place = (p * campaigns.len() as f64).ceil() as usize;
            campaigns[place.clamp(1, campaigns.len()) - 1]
        };
        Self { mean, standard_error, sd, low: quantile(0.05), median: quantile(0.5), high: quantile(0.95) }
    }
}

/// Mean and variance of a sample.
fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    (mean, squares / (n - 1.0))
}

/// Classes into which the values of an unknown are cut. What it does within a class is missed: 1/32² of what a straight line does.
const CLASSES: usize = 32;

impl Known {
    pub(super) fn new(drawn: &Drawn, total: usize, unknowns: usize) -> Self {
        let of = |campaigns: &[Vec<f64>]| campaigns.iter().map(|t| t[total]).collect::<Vec<f64>>();
        let (first, second) = (of(&drawn.first), of(&drawn.second));
        let means: Vec<f64> = first.iter().zip(&second).map(|(a, b)| 0.5 * (a + b)).collect();
        let both: Vec<f64> = first.iter().chain(&second).copied().collect();
        let (mean, of_means) = moments(&means);
        let (_, variance) = moments(&both);
        let standard_error = (of_means / means.len() as f64).sqrt();
        let share = |part: f64| if variance > 0.0 { (part / variance).clamp(0.0, 1.0) } else { 0.0 };
        // Two campaigns at the same values have nothing in common but the values: their covariance is what those do.
        let together: f64 = first.iter().zip(&second).map(|(a, b)| (a - mean) * (b - mean)).sum();
        let not_known = share(together / (first.len() as f64 - 1.0));
        let worth = (0..unknowns).map(|u| {
            let known: Vec<f64> = drawn.values.iter().map(|values| values[u]).collect();
            share(explained(&known, &means))
        });
        let worth = worth.collect();
        Self { spread: Spread::around(both, mean, variance.sqrt(), standard_error), not_known, worth }
    }
}

/// Variance of the conditional mean of `y` given `x`: between classes of equally many `x`, less what chance alone makes of that
/// (the correlation ratio of K. Pearson, unbiased as by T. L. Kelley, *An unbiased correlation ratio measure*, Proc. Natl. Acad. Sci.
/// 21, 1935). Over the variance of y it is the first-order index of I. M. Sobol' (Math. Comput. Simul. 55, 2001).
fn explained(x: &[f64], y: &[f64]) -> f64 {
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|a, b| x[*a].total_cmp(&x[*b]).then(a.cmp(b)));
    let classes = CLASSES.min(x.len() / 8).max(1);
    if classes < 2 {
        return 0.0;
    }
    let (mean, _) = moments(y);
    let (mut between, mut within) = (0.0, 0.0);
    for class in 0..classes {
        let members = &order[class * x.len() / classes..(class + 1) * x.len() / classes];
        let n = members.len() as f64;
        let own = members.iter().map(|i| y[*i]).sum::<f64>() / n;
        between += n * (own - mean) * (own - mean);
        within += members.iter().map(|i| (y[*i] - own) * (y[*i] - own)).sum::<f64>();
    }
    let noise = within / (x.len() - classes) as f64;
    ((between - (classes as f64 - 1.0) * noise) / x.len() as f64).max(0.0)
}
