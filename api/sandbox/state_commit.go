package sandbox

// commit adds what has changed to the state file, if there is one. The sandbox is locked. After a change that cannot be written every
// answer is the error, so that it is not acknowledged.
func (s *Sandbox) commit() {
	r, changed := s.changes()
	if !changed || s.file == nil {
		return
	}
	if err := s.file.add(r, &s.tables); err != nil {
		s.fail("%w", err)
	}
}

// changeCount returns the number of changes so far. The sandbox is locked.
func (s *Sandbox) changeCount() uint64 {
	if s.file == nil {
		return 0
	}
	return s.file.changes
}

// waitForDisk waits until so many changes are on disk, and reports whether they could be written.
func (s *Sandbox) waitForDisk(changes uint64) bool {
	if s.file == nil {
		return true
	}
	err := s.file.flush(changes, &s.mu)
	if err != nil {
		s.fail("%w", err)
	}
	return err == nil
}

// change makes a change, and returns when it is on disk or the sandbox has failed.
func (s *Sandbox) change(do func()) {
	s.waitForDisk(func() uint64 {
		s.mu.Lock()
		defer s.mu.Unlock()
		do()
		s.commit()
		return s.changeCount()
	}())
}

// Close writes the state file a last time, and unlocks it. Without a state file, and after the first call, it does nothing. Later requests
// that change something fail.
func (s *Sandbox) Close() error {
	f := s.file
	if f == nil {
		return nil
	}
	s.mu.Lock()
	if f.closed {
		s.mu.Unlock()
		return nil
	}
	err := f.addWhole(&s.tables)
	f.closed = true
	last := f.changes
	s.mu.Unlock()
	if err == nil {
		err = f.flush(last, &s.mu)
	}
	f.disk.Lock()
	defer f.disk.Unlock()
	if f.file != nil {
		_ = f.file.Close()
	}
	f.unlock()
	if err != nil {
		s.fail("%w", err)
	}
	return err
}
