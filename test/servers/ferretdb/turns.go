// FerretDB reads, decides and writes an update in separate steps, where a MongoDB server changes a document in one. So that the tests meet what
// they would meet there, commands that write take turns.
package main

import (
	"encoding/binary"
	"io"
	"log"
	"net"
	"sync"
)

var writing sync.Mutex

var writes = map[string]bool{"insert": true, "update": true, "delete": true, "findAndModify": true}

// Hands each connection's messages to the backend, one request and its answer after the other.
func serve(front net.Listener, backend string, inTurns bool) {
	for {
		client, err := front.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go func() {
			defer client.Close()
			server, err := net.Dial("tcp", backend)
			if err != nil {
				return
			}
			defer server.Close()
			for exchange(client, server, inTurns) == nil {
			}
		}()
	}
}

func exchange(client, server net.Conn, inTurns bool) error {
	request, err := message(client)
	if err != nil {
		return err
	}
	if inTurns && writes[command(request)] {
		writing.Lock()
		defer writing.Unlock()
	}
	if _, err := server.Write(request); err != nil {
		return err
	}
	answer, err := message(server)
	if err != nil {
		return err
	}
	_, err = client.Write(answer)
	return err
}

// One message of the wire protocol: its length, itself included, comes first.
func message(from io.Reader) ([]byte, error) {
	var length [4]byte
	if _, err := io.ReadFull(from, length[:]); err != nil {
		return nil, err
	}
	whole := make([]byte, binary.LittleEndian.Uint32(length[:]))
	copy(whole, length[:])
	_, err := io.ReadFull(from, whole[4:])
	return whole, err
}

// The name of an OP_MSG's command, which is the first key of its first document: header 16, flags 4, kind 1, length 4, type 1.
func command(message []byte) string {
	const opMsg, name = 2013, 26
	if len(message) <= name || binary.LittleEndian.Uint32(message[12:]) != opMsg {
		return ""
	}
	end := name
	for end < len(message) && message[end] != 0 {
		end++
	}
	return string(message[name:end])
}
