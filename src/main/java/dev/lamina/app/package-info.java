/// The `lamina` command: one class for each subcommand, progress and reports on the terminal.
///
/// What a command does lives below, in `dev.lamina.train` and `dev.lamina.config`; here are only
/// arguments, texts and exit codes. Nothing here is exported.
@NullMarked
package dev.lamina.app;

import org.jspecify.annotations.NullMarked;
