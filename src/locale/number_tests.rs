use super::*;
use Lang::{En, Fr};

fn eq(got: &str, want: &str) {
    assert_eq!(got, want);
}

#[test]
fn thousands_and_decimals() {
    eq(&integer(1000.0, Fr), "1\u{202f}000");
    eq(&integer(1_234_567.0, En), "1,234,567");
    eq(&integer(999.5, En), "1,000");
    eq(&integer(-0.4, Fr), "0");
    eq(&integer(-1500.0, Fr), "\u{2212}1\u{202f}500");
    eq(&fixed(3.75, 1, Fr), "3,8");
    eq(&fixed(0.05, 3, En), "0.050");
    eq(&fixed(0.0004, 2, En), "0.00");
    eq(&fixed(0.096, 1, En), "0.1");
    eq(&trimmed(3.750, 4, Fr), "3,75");
    eq(&trimmed(2.0, 2, Fr), "2");
    eq(&trimmed(0.001, 2, Fr), "0");
    eq(&integer(1e21, En), "1,000,000,000,000,000,000,000");
}

#[test]
fn halves_go_away_from_zero_in_decimal() {
    // The floats nearest to 2.675 and 1.005 lie below them: a reader who rounds by hand gets 2.68 and 1.01.
    eq(&fixed(2.675, 2, En), "2.68");
    eq(&fixed(1.005, 2, En), "1.01");
    eq(&fixed(0.5, 0, En), "1");
    eq(&fixed(2.5, 0, En), "3");
    eq(&fixed(-2.5, 0, En), "\u{2212}3");
    eq(&fixed(9.995, 2, En), "10.00");
    eq(&fixed(0.1 + 0.2, 2, En), "0.30");
}

#[test]
fn customers() {
    eq(&count(1000.0, Fr), "1\u{202f}000");
    eq(&count(3.75, Fr), "3,75");
    eq(&count(0.4, Fr), "0,4");
    eq(&count(90.444, Fr), "90,4");
    eq(&count(1234.5, En), "1,235");
    eq(&count(0.0, Fr), "0");
    eq(&count(0.000_01, Fr), "<\u{a0}0,001");
    eq(&count(-0.000_01, En), ">\u{a0}\u{2212}0.001");
}

#[test]
fn shares() {
    eq(&percent(0.00375, Fr), "0,375\u{202f}%");
    eq(&percent(0.00375, En), "0.375%");
    eq(&percent(0.09, Fr), "9\u{202f}%");
    eq(&percent(4.0 / 90.0, Fr), "4,44\u{202f}%");
    eq(&percent(0.29, En), "29%");
    eq(&percent(1.05, Fr), "105\u{202f}%");
    eq(&percent(12.345, Fr), "1\u{202f}235\u{202f}%");
    eq(&percent(0.0, Fr), "0\u{202f}%");
    eq(&percent(1.0, Fr), "100\u{202f}%");
    eq(&percent(-0.125, Fr), "\u{2212}12,5\u{202f}%");
    eq(&fixed_percent(0.00375, 2, Fr), "0,38\u{202f}%");
}

#[test]
fn almost_nothing_is_not_nothing_and_almost_all_is_not_all() {
    eq(&percent(0.000_002_5, Fr), "<\u{a0}0,001\u{202f}%");
    eq(&percent(1e-16, Fr), "0\u{202f}%");
    eq(&percent(0.000_012_34, En), "0.00123%");
    eq(&percent(0.9996, En), "99.96%");
    eq(&percent(0.9999, En), "99.99%");
    eq(&percent(0.999_96, Fr), "99,996\u{202f}%");
    eq(&percent(0.999_999_9, Fr), ">\u{a0}99,999\u{202f}%");
    eq(&percent(0.9995, En), "99.95%");
}

#[test]
fn points_are_not_percents() {
    eq(&points(0.01, Fr), "1\u{a0}point");
    eq(&points(0.000_675, Fr), "0,0675\u{a0}point");
    eq(&points(0.000_675, En), "0.0675\u{a0}points");
    eq(&points(0.019, Fr), "1,9\u{a0}point");
    eq(&points(0.025, Fr), "2,5\u{a0}points");
    eq(&points(-0.01, En), "\u{2212}1\u{a0}point");
}

#[test]
fn amounts_of_money() {
    eq(&money(59.0, Some("EUR"), Fr), "59,00\u{a0}€");
    eq(&money(59.0, Some("EUR"), En), "€59.00");
    eq(&money(-1234.5, Some("EUR"), Fr), "\u{2212}1\u{202f}234,50\u{a0}€");
    eq(&money(-1234.5, Some("USD"), En), "\u{2212}$1,234.50");
    eq(&money(59.0, Some("CHF"), Fr), "59,00\u{a0}CHF");
    eq(&money(59.0, Some("CHF"), En), "CHF\u{a0}59.00");
    eq(&money(1500.0, Some("JPY"), En), "¥1,500");
    eq(&money(0.05, Some("EUR"), Fr), "0,05\u{a0}€");
    eq(&money(0.0375, Some("EUR"), Fr), "0,0375\u{a0}€");
    eq(&money(0.0, Some("EUR"), Fr), "0,00\u{a0}€");
    eq(&money(0.000_01, Some("EUR"), Fr), "<\u{a0}0,0001\u{a0}€");
    eq(&money(-0.000_01, Some("EUR"), En), ">\u{a0}\u{2212}€0.0001");
    eq(&total(12_758.4, Some("EUR"), Fr), "12\u{202f}758\u{a0}€");
    eq(&total(-999.5, Some("EUR"), En), "\u{2212}€999.50");
    eq(&money(12.5, None, Fr), "12,50");
    eq(&money(0.295, Some("EUR"), Fr), "0,295\u{a0}€");
    eq(&money(0.5, Some("EUR"), Fr), "0,50\u{a0}€");
}

#[test]
fn durations() {
    eq(&duration(40.0, Fr), "40\u{a0}s");
    eq(&duration(3.25, Fr), "3,3\u{a0}s");
    eq(&duration(0.0, Fr), "0\u{a0}s");
    eq(&duration(0.01, Fr), "<\u{a0}0,1\u{a0}s");
    eq(&duration(59.9, Fr), "1\u{a0}min");
    eq(&duration(270.0, Fr), "4\u{a0}min 30\u{a0}s");
    eq(&duration(660.0, Fr), "11\u{a0}min");
    eq(&duration(599.8, Fr), "10\u{a0}min");
    eq(&duration(3599.0, Fr), "1\u{a0}h");
    eq(&duration(6600.0, En), "1\u{a0}h 50\u{a0}min");
    eq(&duration(52.0 * 3600.0, Fr), "2\u{a0}j 4\u{a0}h");
    eq(&duration(52.0 * 3600.0, En), "2\u{a0}d 4\u{a0}h");
    eq(&duration(86_395.0, En), "1\u{a0}d");
    // 1 month = 365 / 12 days, so 6 months are 182.5 days.
    eq(&duration(6.0 * 365.0 / 12.0 * 86_400.0, Fr), "6\u{a0}mois");
    eq(&duration(3.0 * 365.0 * 86_400.0, Fr), "3\u{a0}a");
    eq(&duration(2.5 * 365.0 * 86_400.0, En), "2\u{a0}y 6\u{a0}mo");
    eq(&duration(-60.0, En), "\u{2212}1\u{a0}min");
}

#[test]
fn signs() {
    eq(&signed(1.5, 1, Fr), "+1,5");
    eq(&signed(-0.9, 1, Fr), "\u{2212}0,9");
    eq(&signed(0.0, 1, Fr), "0");
    eq(&signed(0.01, 1, Fr), "0");
    eq(&signed(-0.01, 1, Fr), "0");
}

#[test]
fn intervals() {
    eq(&interval(0.0886, 0.0912, Unit::Share, None, Fr), "8,86\u{a0}–\u{a0}9,12\u{202f}%");
    eq(&interval(0.00366, 0.00390, Unit::Share, None, En), "0.366\u{a0}–\u{a0}0.390%");
    eq(&interval(-25.0, -22.0, Unit::Nps, None, Fr), "\u{2212}25,0\u{a0}à\u{a0}\u{2212}22,0");
    eq(&interval(-2.0, 30.0, Unit::Nps, None, Fr), "\u{2212}2\u{a0}à\u{a0}+30");
    eq(&interval(-2.0, 30.0, Unit::Nps, None, En), "\u{2212}2\u{a0}to\u{a0}+30");
    eq(&interval(3.12, 3.71, Unit::Money, Some("EUR"), Fr), "3,12\u{a0}–\u{a0}3,71\u{a0}€");
    eq(&interval(3.12, 3.71, Unit::Money, Some("EUR"), En), "€3.12\u{a0}–\u{a0}€3.71");
    eq(&interval(60.0, 7200.0, Unit::Time, None, Fr), "1\u{a0}min\u{a0}–\u{a0}2\u{a0}h");
    eq(&interval(0.5, 0.5, Unit::Share, None, Fr), "50,0\u{a0}–\u{a0}50,0\u{202f}%");
    eq(&interval(0.999_981, 1.0, Unit::Share, None, Fr), "99,998\u{a0}–\u{a0}100,000\u{202f}%");
    eq(&interval(1000.0, 1250.0, Unit::Number, None, Fr), "1\u{202f}000\u{a0}–\u{a0}1\u{202f}250");
}

#[test]
fn what_is_not_a_number_is_a_dash() {
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        for unit in [Unit::Number, Unit::Share, Unit::Points, Unit::Money, Unit::Time, Unit::Nps] {
            eq(&in_unit(value, unit, Some("EUR"), Fr), "–");
            eq(&interval(value, 1.0, unit, Some("EUR"), Fr), "–");
        }
        eq(&fixed(value, 2, En), "–");
        eq(&integer(value, En), "–");
        eq(&signed(value, 2, En), "–");
    }
}

#[test]
fn units() {
    eq(&in_unit(2.0, Unit::Number, None, Fr), "2");
    eq(&in_unit(0.09, Unit::Share, None, Fr), "9\u{202f}%");
    eq(&in_unit(25.0, Unit::Nps, None, Fr), "+25");
    eq(&in_unit(60.0, Unit::Time, None, Fr), "1\u{a0}min");
    eq(&in_unit(0.025, Unit::Points, None, Fr), "2,5\u{a0}points");
}
