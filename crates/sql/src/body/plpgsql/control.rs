//! Conditions and loops. Each condition ends at the first THEN or LOOP outside of brackets, as for the server.

use super::reader::{Read, Reader};

impl Reader<'_> {
    pub(super) fn if_(&mut self) -> Read {
        loop {
            let condition = self.until(&["then"])?;
            self.expression(condition.text)?;
            self.maybe(Self::statements)?;
            if self.skip_any(&["elsif", "elseif"]).is_none() {
                break;
            }
        }
        if self.skip("else") {
            self.maybe(Self::statements)?;
        }
        self.expect("end")?;
        self.expect("if")?;
        self.expect(";")
    }

    pub(super) fn case(&mut self) -> Read {
        let search = self.until(&["when"])?;
        if !search.text.trim().is_empty() {
            self.expression(search.text)?;
        }
        loop {
            let condition = self.until(&["then"])?;
            self.expression(condition.text)?;
            self.maybe(Self::statements)?;
            if !self.skip("when") {
                break;
            }
        }
        if self.skip("else") {
            self.maybe(Self::statements)?;
        }
        self.expect("end")?;
        self.expect("case")?;
        self.expect(";")
    }

    pub(super) fn loop_(&mut self) -> Read {
        self.maybe(Self::statements)?;
        self.expect("end")?;
        self.expect("loop")?;
        if !self.is(";") {
            self.name()?;
        }
        self.expect(";")
    }

    pub(super) fn while_(&mut self) -> Read {
        let condition = self.until(&["loop"])?;
        self.expression(condition.text)?;
        self.loop_()
    }

    /// `FOREACH target [SLICE n] IN ARRAY expression LOOP`
    pub(super) fn foreach(&mut self) -> Read {
        let target = self.until(&["in"])?;
        self.may_set(target.text);
        self.expect("array")?;
        let array = self.until(&["loop"])?;
        self.expression(array.text)?;
        self.loop_()
    }

    /// `FOR target IN {[REVERSE] a .. b [BY c] | query | cursor[(…)] | EXECUTE …} LOOP`
    pub(super) fn for_(&mut self) -> Read {
        let targets = self.targets()?;
        self.expect("in")?;
        for target in targets {
            if !self.is_declared(&target) {
                self.declare(target, None);
            }
        }
        if self.skip("execute") {
            self.dynamic(&["loop"])?;
            return self.loop_();
        }
        self.skip("reverse");
        let first = self.until(&["..", "loop"])?;
        if first.stop == ".." {
            self.expression(first.text)?;
            let last = self.until(&["by", "loop"])?;
            self.expression(last.text)?;
            if last.stop == "by" {
                let step = self.until(&["loop"])?;
                self.expression(step.text)?;
            }
            return self.loop_();
        }
        let query = first.text.trim();
        let end = query.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(query.len());
        let (word, values) = query.split_at_checked(end).unwrap_or((query, ""));
        if self.is_declared(&word.to_ascii_lowercase()) {
            self.values(values)?;
        } else {
            self.sql(query)?;
        }
        self.loop_()
    }
}
