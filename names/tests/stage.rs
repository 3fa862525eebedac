//! Choosing the stage, rule by rule.

use stage_config_names::{Choice, StageRules, Why};

const STAGES: StageRules = falling_back(&["dev", "prod"], "dev");
const STRICT: StageRules = StageRules::new(&["dev", "prod"]);
const MORE: StageRules = falling_back(&["development", "qa1", "test"], "development");
const NO_PROD: StageRules = falling_back(&["dev", "test"], "dev");
const BOTH: StageRules = falling_back(&["prod", "prod-eu", "live"], "prod");
const NONE: StageRules = StageRules::new(&[]);

const fn falling_back(declared: &'static [&'static str], fallback: &'static str) -> StageRules {
    let mut rules = StageRules::new(declared);
    rules.fallback = Some(fallback);
    rules
}

fn parts(choice: Choice<'_>) -> (Option<&str>, Option<&'static str>, Why) {
    (choice.deployed, choice.declared, choice.why)
}

fn refused(stages: StageRules, deployed: &str) -> String {
    stages.choose(Some(deployed)).expect_err(deployed).to_string()
}

#[test]
fn an_exact_match_is_that_stage() {
    for stage in ["dev", "prod"] {
        let choice = STAGES.choose(Some(stage)).unwrap();
        assert_eq!((choice.declared, choice.why), (Some(stage), Why::Exact));
    }
}

#[test]
fn unset_and_empty_are_the_fallback() {
    for deployed in [None, Some("")] {
        let choice = STAGES.choose(deployed).unwrap();
        assert_eq!(parts(choice), (None, Some("dev"), Why::Unset));
    }
}

#[test]
fn unset_without_a_fallback_is_refused() {
    let refusal = STRICT.choose(None).unwrap_err();
    assert_eq!(refusal.deployed(), None);
    assert_eq!(
        refusal.to_string(),
        "no stage is given, and there is no fallback. The stages are `dev`, `prod`"
    );
}

#[test]
fn blanks_are_refused() {
    for blank in [" ", "\t", "  \n"] {
        assert_eq!(
            refused(STAGES, blank),
            "the stage is nothing but blanks. The stages are `dev`, `prod`"
        );
    }
    assert_eq!(refused(NONE, " "), "the stage is nothing but blanks. No stages are declared");
}

#[test]
fn any_other_stage_falls_back() {
    for stage in [
        "featureX",
        "preview",
        "live-chat",
        "prod2x",
        "deve",
        "qa",
        "d",
        "product",
        "reproduce",
        "nonprod",
        "test",
        "fix-prod-bug",
        "fix-prod-17",
        "non-prod",
        "NON_PROD",
        "no.prd",
        "eu-not-production",
        "pre--prod2",
        "pre-prod",
        "live-eu",
        "eu/prod",
        "prod eu",
        "productionx",
    ] {
        let choice = STAGES.choose(Some(stage)).unwrap();
        assert_eq!(choice.deployed, Some(stage));
        assert_eq!((choice.declared, choice.why), (Some("dev"), Why::NotDeclared));
    }
}

#[test]
fn any_other_stage_without_a_fallback_is_refused() {
    assert_eq!(
        refused(STRICT, "featureX"),
        "`featureX` is not a declared stage. The stages are `dev`, `prod`"
    );
    assert_eq!(
        refused(STRICT, "deb"),
        "`deb` is not a declared stage; did you mean `dev`? The stages are `dev`, `prod`"
    );
}

#[test]
fn a_difference_in_case_or_blanks_is_refused_even_where_near_misses_are_allowed() {
    let mut allowing = STAGES;
    allowing.allow_near_misses = true;
    for stages in [STAGES, allowing] {
        for (deployed, meant) in
            [("Prod", "prod"), ("PROD", "prod"), (" prod", "prod"), ("Dev ", "dev")]
        {
            let refusal = stages.choose(Some(deployed)).unwrap_err();
            assert_eq!(refusal.suggestion(), Some(meant), "{deployed}");
        }
    }
    assert_eq!(
        refused(STAGES, "prod\n"),
        "`prod\\n` is not a declared stage; did you mean `prod`? The stages are `dev`, `prod`"
    );
}

#[test]
fn one_edit_from_a_stage_of_four_letters_is_refused() {
    for slip in ["prd", "prdo", "rpod", "prod2", "prood", "pod", "PRDO", "prof", " prd"] {
        let refusal = STAGES.choose(Some(slip)).expect_err(slip);
        assert_eq!(refusal.suggestion(), Some("prod"), "{slip}");
        assert_eq!(refusal.deployed(), Some(slip));
    }
}

#[test]
fn one_edit_from_the_fallback_or_from_a_short_stage_is_no_slip() {
    for other in ["developmen", "qa2"] {
        assert_eq!(MORE.choose(Some(other)).unwrap().why, Why::NotDeclared, "{other}");
    }
    assert_eq!(MORE.choose(Some("tset")).unwrap_err().suggestion(), Some("test"));
}

#[test]
fn what_sounds_like_production_is_refused() {
    for production in [
        "live",
        "LIVE",
        "prod-eu",
        "eu_prod",
        "eu.prd",
        "production",
        "PRODUCTION",
        "Production-2",
        "prod-non-prod",
        "prod-fix",
        "fix-prod",
        "nonsense-prod",
        "-prod-",
        "eu-prod1",
        "production2",
        "prd42",
    ] {
        assert_eq!(
            refused(STAGES, production),
            format!(
                "`{production}` is not a declared stage, but sounds like production; \
                 did you mean `prod`? The stages are `dev`, `prod`"
            )
        );
    }
    assert_eq!(
        refused(NO_PROD, "production"),
        "`production` is not a declared stage, but sounds like production. \
         The stages are `dev`, `test`"
    );
}

#[test]
fn an_alias_or_an_option_helps_against_a_near_miss_and_nothing_else() {
    for (deployed, is_near_miss) in [
        ("prd", true),
        ("live", true),
        ("eu-prod", true),
        ("Prod", false),
        (" dev", false),
        (" ", false),
    ] {
        assert_eq!(
            STAGES.choose(Some(deployed)).unwrap_err().is_near_miss(),
            is_near_miss,
            "{deployed}"
        );
    }
    assert!(!STRICT.choose(Some("featureX")).unwrap_err().is_near_miss());
    assert!(!STRICT.choose(None).unwrap_err().is_near_miss());
}

#[test]
fn a_declared_stage_may_sound_like_production() {
    for stage in BOTH.declared {
        assert_eq!(BOTH.choose(Some(stage)).unwrap().declared, Some(*stage));
    }
}

#[test]
fn allowing_near_misses_lets_slips_and_production_fall_back() {
    let mut allowing = STAGES;
    allowing.allow_near_misses = true;
    for stage in ["prd", "production", "live", "prod-eu"] {
        assert_eq!(allowing.choose(Some(stage)).unwrap().why, Why::NotDeclared, "{stage}");
    }
}

#[test]
fn without_declared_stages_every_stage_is_the_same() {
    for deployed in [None, Some(""), Some("prd"), Some("live"), Some("Prod")] {
        let choice = NONE.choose(deployed).unwrap();
        assert_eq!((choice.declared, choice.why), (None, Why::Exact));
        assert_eq!(choice.deployed, deployed.filter(|it| !it.is_empty()));
    }
}

#[test]
fn other_names_of_a_stage() {
    let mut named = falling_back(&["dev", "prod", "pre-prod"], "dev");
    named.aliases = &[("development", "dev"), ("production", "prod"), ("main", "prod")];
    let choice = named.choose(Some("production")).unwrap();
    assert_eq!(parts(choice), (Some("production"), Some("prod"), Why::Exact));
    assert_eq!(named.choose(Some("pre-prod")).unwrap().declared, Some("pre-prod"));

    let stages = "The stages are `dev`, `prod`, `pre-prod`";
    for (deployed, meant) in [("Production", "production"), ("mian", "main"), ("PROD", "prod")] {
        assert_eq!(
            refused(named, deployed),
            format!("`{deployed}` is not a declared stage; did you mean `{meant}`? {stages}")
        );
    }
    assert_eq!(named.choose(Some("pre_prod")).unwrap_err().suggestion(), Some("pre-prod"));
    let mut of_prod = named;
    of_prod.fallback = Some("prod");
    assert_eq!(
        refused(of_prod, "production2"),
        format!(
            "`production2` is not a declared stage, but sounds like production; did you mean \
             `production`? {stages}"
        )
    );
    // A slip of a name of the fallback falls back anyway.
    assert_eq!(named.choose(Some("developmet")).unwrap().declared, Some("dev"));
}
