//! Arithmetic.

use serde::{Deserialize, Serialize};

/// Summarises the measurements of one program.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct Summary {
    pub(crate) median: f64,
    pub(crate) min: f64,
    /// The middle half is between these.
    pub(crate) quartiles: [f64; 2],
}

impl Summary {
    /// # Panics
    /// If there are no measurements.
    pub(crate) fn of(measurements: impl IntoIterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = measurements.into_iter().collect();
        sorted.sort_by(f64::total_cmp);
        Self {
            median: quantile(&sorted, 0.5),
            min: sorted[0],
            quartiles: [quantile(&sorted, 0.25), quantile(&sorted, 0.75)],
        }
    }
}

/// Between two measurements, this interpolates.
fn quantile(sorted: &[f64], part: f64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "there are few measurements")]
    let place = part * (sorted.len() - 1) as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index")]
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (sorted[above] - sorted[below]) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_odd_number() {
        let summary = Summary::of([5.0, 1.0, 4.0, 2.0, 3.0]);
        assert_eq!(summary, Summary { median: 3.0, min: 1.0, quartiles: [2.0, 4.0] });
    }

    #[test]
    fn of_an_even_number() {
        let summary = Summary::of([4.0, 1.0, 3.0, 2.0]);
        assert_eq!(summary, Summary { median: 2.5, min: 1.0, quartiles: [1.75, 3.25] });
    }

    #[test]
    fn of_one() {
        let summary = Summary::of([7.0]);
        assert_eq!(summary, Summary { median: 7.0, min: 7.0, quartiles: [7.0, 7.0] });
    }
}
