#!/bin/sh
# usage: rustc.sh RUSTC ARGUMENTS...   (cargo's RUSTC_WRAPPER)
# Cargo derives the name of a crate outside the chain workspace (coverage-math) from its absolute path, and
# crate names decide the order of functions in the bytecode. Here the repository's own crates are named after
# package and version alone, so that every folder gives the same bytes.
case $CARGO_MANIFEST_DIR in
"$SBF_SOURCE_ROOT"/*)
	for argument; do
		shift
		case $argument in
		metadata=*) argument=metadata=$CARGO_PKG_NAME-$CARGO_PKG_VERSION ;;
		esac
		set -- "$@" "$argument"
	done
	;;
esac
exec "$@"
