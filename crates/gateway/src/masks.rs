//! How what is not seen is hidden in a session, from the settings and the gate's secret.

use std::sync::Arc;

use engine::Masks;

use crate::gate::Gate;
use crate::settings::Settings;

impl Gate {
    /// The masks of a session that begins now.
    pub(crate) fn masks(&self, settings: &Settings) -> Arc<Masks> {
        Arc::new(Masks { classes: settings.masks.clone(), kit: Arc::clone(&self.kit) })
    }
}
