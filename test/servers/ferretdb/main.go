// A MongoDB server for the tests: FerretDB with its SQLite backend, on loopback.
//
//	ferretdb <folder of the data> [port; 0 or none: any free one] [as-it-is: without the turns of turns.go]
//
// Prints its address in one line once it listens, and ends with its standard input, so that it never outlives who started it.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"os"
	"strings"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	if len(os.Args) < 2 {
		log.Fatal("usage: ferretdb <folder of the data> [port] [as-it-is]")
	}
	port := "0"
	if len(os.Args) > 2 {
		port = os.Args[2]
	}

	running, stop := context.WithCancel(context.Background())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()

	// What is committed outlives a killed process, not a power cut: enough for tests, and many times as fast.
	server, err := ferretdb.New(&ferretdb.Config{
		Listener:  ferretdb.ListenerConfig{TCP: "127.0.0.1:0"},
		Logger:    slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
		Handler:   "sqlite",
		SQLiteURL: "file:" + os.Args[1] + "/?_pragma=synchronous(normal)",
	})
	if err != nil {
		log.Fatal(err)
	}
	go func() {
		if err := server.Run(running); err != nil {
			log.Fatal(err)
		}
	}()

	front, err := net.Listen("tcp", "127.0.0.1:"+port)
	if err != nil {
		log.Fatal(err)
	}
	backend := strings.TrimSuffix(strings.TrimPrefix(server.MongoDBURI(), "mongodb://"), "/")
	go serve(front, backend, len(os.Args) < 4)
	fmt.Printf("mongodb://%s/\n", front.Addr())
	<-running.Done()
}
