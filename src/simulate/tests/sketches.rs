use super::super::sketch::Sketch;
use super::super::stream::{Purpose, Stream, unit};

fn sketch(values: impl IntoIterator<Item = f64>) -> Sketch {
    let mut sketch = Sketch::default();
    values.into_iter().for_each(|v| sketch.insert(v));
    sketch
}

#[test]
fn few_values_are_exact() {
    let s = sketch([3.0, 1.0, 2.0, 2.0, 5.0, -4.0, 0.0, -0.0, 1e300, 1e-300]);
    let sorted = [-4.0, 0.0, 0.0, 1e-300, 1.0, 2.0, 2.0, 3.0, 5.0, 1e300];
    for (i, value) in sorted.iter().enumerate() {
        assert_eq!(s.quantile((i as f64 + 0.5) / 10.0), Some(*value));
    }
    assert_eq!(s.quantile(0.5), Some(1.0)); // half of the values do not exceed it
    assert_eq!((s.quantile(0.0), s.quantile(1.0), s.count()), (Some(-4.0), Some(1e300), 10));
    assert_eq!((Sketch::default().quantile(0.5), Sketch::default().quantile_bounds(0.5, 2.0)), (None, None));
}

#[test]
fn quantiles_of_a_large_sample() {
    let value = |i: u64| libm::exp(3.0 * libm::log(unit(Stream::new(1, i).word(0, Purpose::Branch)))) - 0.3;
    let s = sketch((0..50_000).map(value));
    let mut sorted: Vec<f64> = (0..50_000).map(value).collect();
    sorted.sort_by(f64::total_cmp);
    for p in [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99] {
        let exact = sorted[(p * 50_000.0_f64).ceil() as usize - 1];
        let found = s.quantile(p).unwrap();
        assert!((found - exact).abs() <= exact.abs() / 256.0, "{p}: {found} for {exact}");
        let (low, high) = s.quantile_bounds(p, 1.96).unwrap();
        assert!(low <= exact && exact <= high && high - low < 0.06, "{p}: {low} {high}");
    }
}

#[test]
fn merging_in_any_order_is_the_whole() {
    let value = |i: u64| unit(Stream::new(2, i).word(0, Purpose::Branch)) - 0.5;
    let parts: Vec<Sketch> = (0..10).map(|part| sketch((part * 100..(part + 1) * 100).map(value))).collect();
    let whole = sketch((0..1000).map(value));
    let (mut forth, mut back) = (Sketch::default(), Sketch::default());
    parts.iter().for_each(|p| forth.merge(p));
    parts.iter().rev().for_each(|p| back.merge(p));
    assert_eq!(forth, whole);
    assert_eq!(back, whole);
    assert_eq!(whole.buckets().map(|b| b.count).sum::<u64>(), 1000);
}
