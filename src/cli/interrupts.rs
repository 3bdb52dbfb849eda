//! Ctrl-C, and the same from a scheduler or a service: what was asked to end ends in order.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::Ending;

/// The signals that are heeded, and how a command ends that had one.
const HEEDED: [(i32, Ending); 2] = [(SIGINT, Ending::Interrupted), (SIGTERM, Ending::Terminated)];

/// What was heard since the work began.
#[derive(Debug, Clone)]
pub struct Interrupts {
    /// The signal, once there was one.
    heard: Arc<AtomicUsize>,
}

impl Interrupts {
    /// From now on the first signal is only noted, for whoever asks; a second one ends the program at once.
    pub fn heed() -> Self {
        let (heard, once) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        for (signal, ending) in HEEDED {
            let code = i32::from(ending as u8);
            // In this order: the second signal must find what the first has noted, and not what it notes itself. Where a signal
            // cannot be heeded it ends the program at once, as it would have done.
            let _ = flag::register_conditional_shutdown(signal, code, Arc::clone(&once))
                .and_then(|_| flag::register_usize(signal, Arc::clone(&heard), signal as usize))
                .and_then(|_| flag::register(signal, Arc::clone(&once)));
        }
        Self { heard }
    }

    /// How the command ends, if it was asked to.
    pub fn heard(&self) -> Option<Ending> {
        let heard = self.heard.load(Ordering::Relaxed);
        HEEDED.into_iter().find(|(signal, _)| *signal as usize == heard).map(|(_, ending)| ending)
    }

    /// Calls `end` once a signal is heard, from a thread of its own, unless `over` says before
    /// that the work is over: for work of which nothing can be kept.
    pub fn watch(&self, over: Arc<AtomicBool>, end: impl FnOnce(Ending) + Send + 'static) {
        let own = self.clone();
        std::thread::spawn(move || {
            while !over.load(Ordering::Relaxed) {
                if let Some(ending) = own.heard() {
                    if std::io::stderr().is_terminal() {
                        // The progress bar stands on this line.
                        super::terminal::remark("");
                    }
                    return end(ending);
                }
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
        });
    }
}
