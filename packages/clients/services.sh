#!/bin/sh
# Installs the servers that the cases of databases talk to, as Debian packages them. As root, or with sudo.
set -eu
packages='postgresql redis-server'
# shellcheck disable=SC2086
if dpkg-query -W $packages >/dev/null 2>&1; then exit 0; fi
sudo=''
if [ "$(id -u)" -ne 0 ]; then sudo=sudo; fi
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
# shellcheck disable=SC2086
$sudo apt-get install -y -qq --no-install-recommends $packages >/dev/null
