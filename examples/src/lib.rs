//! The examples of the README are tests of this crate, which depends on all that they use. The files
//! beside `src` are programs.

#![cfg_attr(doctest, doc = include_str!("../../README.md"))]
