# Sourced by run, test and bench/run: installs what is missing on Debian 12 or newer, and nothing when all is there.

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
die() { printf '%s\n' "$*" >&2; exit 1; }

as_root() {
  if [[ $EUID -eq 0 ]]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else die "These packages are missing: ${missing[*]}
Install them as root (apt-get install ${missing[*]}), or install sudo, then start again."
  fi
}

# ensure_packages LIST...: LIST is a file with one package a line; "#" begins a comment.
ensure_packages() {
  local missing=() package
  while read -r package; do
    [[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" == installed ]] || missing+=("$package")
  done < <(sed 's/#.*//; s/[[:space:]]*$//; /^$/d' "$@")
  node_is_new_enough || missing+=(nodejs npm)
  [[ ${#missing[@]} -eq 0 ]] && return
  command -v apt-get >/dev/null || die "danchu builds on Debian 12 or newer; this system has no apt-get."
  say "Installing: ${missing[*]}"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q </dev/null >&2
  # RUNLEVEL=1: the database server that the tests need must not start one of its own on the machine.
  as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
    apt-get install -q -y --no-install-recommends "${missing[@]}" </dev/null >&2
}

# The styles and scripts are built with npm; Debian 12's own Node.js (18) will do.
node_is_new_enough() {
  command -v npm >/dev/null && [[ "$(node --version 2>/dev/null)" =~ ^v([0-9]+) && ${BASH_REMATCH[1]} -ge 18 ]]
}
