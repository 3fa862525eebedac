// Written by the test of this name. It shows what becomes of
//
//     #[derive(StageConfig)]
//     struct Config {}

/// The names of the parameters of [`Config`] at one stage.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
#[allow(dead_code)]
struct ConfigNames {
    __stage: ::stage_config::__private::Stage,
}
#[allow(deprecated, unused_braces, unused_imports, unused_parens)]
const _: () = {
    use ::stage_config::__private::{
        self, Field as __Field, Kind as __Kind, Option::None as __None,
        Option::Some as __Some, FieldType as __FieldType, FieldTypeDefaults as _,
    };
    const __STAGES: __private::Stages = __private::Stages::__new(
        &[],
        &[],
        __None,
        false,
    );
    const __TABLE: &__private::ParameterTable = &__private::ParameterTable::__new(
        "Config",
        __STAGES,
        __None,
        &[],
    );
    #[allow(dead_code)]
    impl ConfigNames {
        /// The names at the stage of a deployment.
        ///
        /// # Errors
        /// If no stage can be chosen; the error lists the declared ones.
        fn for_stage(
            stage: &str,
        ) -> ::core::result::Result<Self, ::stage_config::StageError> {
            __private::for_stage(__TABLE, stage)
        }
        /// The names at the stage of the environment.
        ///
        /// # Errors
        /// If no stage can be chosen; the error lists the declared ones.
        fn from_env() -> ::core::result::Result<Self, ::stage_config::StageError> {
            __private::from_env(__TABLE)
        }
        /// The stage as deployed. If no stage is set, the declared stage that was chosen.
        #[must_use]
        fn stage(&self) -> &str {
            __private::Stage::deployed(&self.__stage)
        }
        /// The declared stage that was chosen.
        #[must_use]
        fn chosen(&self) -> &'static str {
            __private::Stage::chosen(&self.__stage)
        }
    }
    #[automatically_derived]
    impl __private::FromNames for ConfigNames {
        fn __new(__at: __private::At<'_>) -> Self {
            Self { __stage: __at.stage() }
        }
    }
    #[automatically_derived]
    impl ::stage_config::StageConfig for Config {
        const PARAMETERS: &'static __private::ParameterTable = __TABLE;
        type __Names = ConfigNames;
        fn __assemble(
            __decoder: &mut __private::Decoder<'_>,
        ) -> __private::Option<Self> {
            __Some(Self {})
        }
    }
};
