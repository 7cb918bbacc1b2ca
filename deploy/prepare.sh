#!/bin/sh
# Makes what deploy/compose.yaml needs and no repository holds: secrets, and certificates of an
# authority of its own for xianzhong.localhost. What is there already is kept.
set -eu
cd "$(dirname "$0")"
umask 077

if [ ! -f .env ]; then
  {
    echo "CLIENT_SECRET=$(openssl rand -hex 32)"
    echo "COOKIE_SECRET=$(openssl rand -hex 32)"
    echo "SSO_ADMIN_PASSWORD=$(openssl rand -hex 12)"
  } > .env
  echo "已生成 deploy/.env（密钥） · deploy/.env has been made (secrets)"
fi

if [ ! -f certificates/site.pem ]; then
  mkdir -p certificates
  openssl req -x509 -newkey rsa:3072 -nodes -days 3650 -subj "/CN=xianzhong trial authority" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign \
    -keyout certificates/ca.key -out certificates/ca.pem 2> /dev/null
  openssl req -newkey rsa:3072 -nodes -subj "/CN=xianzhong.localhost" \
    -keyout certificates/site.key -out certificates/site.csr 2> /dev/null
  printf 'subjectAltName=DNS:xianzhong.localhost\nextendedKeyUsage=serverAuth\n' > certificates/site.ext
  openssl x509 -req -in certificates/site.csr -CA certificates/ca.pem -CAkey certificates/ca.key \
    -CAcreateserial -days 825 -extfile certificates/site.ext -out certificates/site.pem 2> /dev/null
  rm certificates/site.csr certificates/site.ext certificates/ca.srl
  # The container's own account reads this one; it holds no secret.
  chmod 755 certificates
  chmod 644 certificates/ca.pem
  echo "已生成 deploy/certificates · deploy/certificates has been made"
fi
