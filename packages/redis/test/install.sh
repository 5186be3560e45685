#!/bin/sh
# Installs what the tests of this package run against, as Debian packages it. As root, or with sudo.
set -eu
packages='redis-server libfaketime'
# shellcheck disable=SC2086
if dpkg-query -W $packages >/dev/null 2>&1; then exit 0; fi
sudo=''
if [ "$(id -u)" -ne 0 ]; then sudo=sudo; fi
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
# shellcheck disable=SC2086
$sudo apt-get install -y -qq --no-install-recommends $packages >/dev/null
