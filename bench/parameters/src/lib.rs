//! The parameters that every program of the cold start reads.

/// More than one request can name.
pub const NAMES: [&str; 12] = [
    "/bench/01",
    "/bench/02",
    "/bench/03",
    "/bench/04",
    "/bench/05",
    "/bench/06",
    "/bench/07",
    "/bench/08",
    "/bench/09",
    "/bench/10",
    "/bench/11",
    "/bench/12",
];

/// The value of every parameter: as long as an API key.
pub const VALUE: &str = "example-0123456789-0123456789-0123456789";

/// The secret access key that requests are signed with.
pub const SECRET_ACCESS_KEY: &str = "bench";

/// Ends the program if a value is wrong or missing, so that only complete loads are counted.
///
/// # Panics
/// If there are not as many values as names, each equal to [`VALUE`].
pub fn assert_complete<'a>(values: impl IntoIterator<Item = &'a str>) {
    let right = values.into_iter().filter(|value| *value == VALUE).count();
    assert_eq!(right, NAMES.len());
}
