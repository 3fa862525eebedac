//! The program that `run` has written.

include!(env!("COMPILE_TIME_PROGRAM"));
