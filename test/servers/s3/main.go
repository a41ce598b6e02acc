// A real S3 server for the tests: gofakes3 in memory, on loopback, with one bucket, that refuses what is not signed by the one key (SigV4).
// It prints its address and ends when its standard input does.
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

const bucket = "caminho"

var credentials = aws.Credentials{AccessKeyID: "test-key", SecretAccessKey: "test/secret+key"}

func main() {
	backend := s3mem.New()
	if err := backend.CreateBucket(bucket); err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(listener.Addr())
	go func() { log.Fatal(http.Serve(listener, signed(gofakes3.New(backend).Server()))) }()
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// signed signs each request anew, as it came, and refuses it when that gives another signature.
func signed(next http.Handler) http.Handler {
	signer := v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		date, _ := time.Parse("20060102T150405Z", r.Header.Get("X-Amz-Date"))
		again, _ := http.NewRequest(r.Method, "http://"+r.Host+r.URL.RequestURI(), nil)
		hash := r.Header.Get("X-Amz-Content-Sha256")
		again.Header.Set("X-Amz-Content-Sha256", hash)
		err := signer.SignHTTP(r.Context(), credentials, again, hash, "s3", "eu-test-1", date)
		if err != nil || again.Header.Get("Authorization") != r.Header.Get("Authorization") {
			w.WriteHeader(http.StatusForbidden)
			_, _ = io.WriteString(w, "<Error><Code>SignatureDoesNotMatch</Code></Error>")
			return
		}
		next.ServeHTTP(w, r)
	})
}
