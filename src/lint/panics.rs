//! Panics: caught, told in one line with their place, never spilled.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};

thread_local! {
    /// Where this thread panicked last.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// From now on a panic prints nothing by itself: whoever catches it tells it.
pub fn silence() {
    panic::set_hook(Box::new(|info| {
        PLACE.set(info.location().map(|place| format!("{}:{}", place.file(), place.line())));
    }));
}

/// What to do about a panic, as it is said behind it.
pub const REPORT_IT: &str =
    "please report it, with this line, what `presend --version` says and the smallest file that does it";

/// Runs `work`; a panic becomes what it said and where.
///
/// # Errors
/// `work` panicked.
pub fn catch<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|payload| match PLACE.take() {
        Some(place) => format!("{} ({place})", said(&*payload)),
        None => said(&*payload).to_owned(),
    })
}

fn said(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("a panic without words")
}

#[cfg(test)]
mod tests {
    use super::catch;

    #[test]
    fn a_panic_becomes_words() {
        assert_eq!(catch(|| 3), Ok(3));
        for panicking in [|| panic!("no such {}", "thing"), || panic!("no such thing"), || std::panic::panic_any(3)] {
            let panicking: fn() = panicking;
            let said = catch(panicking).map_err(|said| said.split(" (").next().map(str::to_owned));
            assert!([Err(Some("no such thing".into())), Err(Some("a panic without words".into()))].contains(&said));
        }
    }
}
