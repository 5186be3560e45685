#!/bin/sh
# Installs the server that the tests start, as Debian packages it. As root, or with sudo.
set -eu
if command -v redis-server >/dev/null 2>&1; then exit 0; fi
sudo=''
if [ "$(id -u)" -ne 0 ]; then sudo=sudo; fi
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
$sudo apt-get install -y -qq --no-install-recommends redis-server >/dev/null
