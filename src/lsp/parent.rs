//! Whether the client's process is still there.

/// Whether the process `id` has ended. Where that can't be told, the end of standard input tells.
#[cfg(unix)]
pub(super) fn is_gone(id: u32) -> bool {
    let id = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw);
    id.is_some_and(|id| rustix::process::test_kill_process(id) == Err(rustix::io::Errno::SRCH))
}

/// Whether the process `id` has ended. Where that can't be told, the end of standard input tells.
#[cfg(not(unix))]
pub(super) fn is_gone(_: u32) -> bool {
    false
}
